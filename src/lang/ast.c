/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/ast.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/lexer.h"

enum { ARENA_BLOCK = 8192 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    max_align_t bytes[];
};

struct program *program_new(struct source *source, struct parse_options options)
{
    struct program *program = xcalloc(1, sizeof *program);
    program->refs = 1;
    program->source = source_ref(source);
    program->options = options;
    return program;
}

struct program *program_ref(struct program *program)
{
    program->refs++;
    return program;
}

void program_free(struct program *program)
{
    if (!program || --program->refs)
        return;
    for (size_t i = 0; i < program->constant_count; i++)
        value_unref(program->constants[i]);
    for (struct arena_block *block = program->arena, *next; block;
         block = next) {
        next = block->next;
        free(block);
    }
    free(program->constants);
    free(program->lists);
    free(program->global_names);
    free(program->globals);
    source_unref(program->source);
    free(program);
}

bool program_is_silent(const struct program *program)
{
    return program->silent;
}

bool program_is_expression(const struct program *program)
{
    const struct node_list *body = &program->main->body;
    return body->count == 1 && body->items[0]->kind == NODE_EXPRESSION;
}

void *program_alloc(struct program *program, size_t size)
{
    size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) *
           sizeof(max_align_t);
    struct arena_block *block = program->arena;
    if (!block || block->size - block->used < size) {
        size_t bytes = size > ARENA_BLOCK ? size : ARENA_BLOCK;
        block = xcalloc(1, sizeof *block + bytes);
        block->size = bytes;
        block->next = program->arena;
        program->arena = block;
    }
    void *memory = (char *)block->bytes + block->used;
    block->used += size;
    return memory;
}

const char *program_text(struct program *program, const char *text,
                         size_t length)
{
    char *copy = program_alloc(program, length + 1);
    memcpy(copy, text, length);
    return copy;
}

struct node *node_new(struct program *program, enum node_kind kind,
                      struct span span)
{
    struct node *node = program_alloc(program, sizeof *node);
    node->kind = (uint8_t)kind;
    node->span = span;
    return node;
}

struct node *node_constant(struct program *program, struct span span,
                           struct value value)
{
    struct node *node = node_new(program, NODE_CONSTANT, span);
    node->constant = value;
    if (value.kind >= VALUE_STRING)
        VEC_PUSH(program->constants, program->constant_count,
                 program->constant_capacity) = value;
    return node;
}

void program_add_list(struct program *program, struct node *list)
{
    VEC_PUSH(program->lists, program->list_count, program->list_capacity) =
        list;
}

void node_vector_add(struct node_vector *vector, struct node *node)
{
    VEC_PUSH(vector->items, vector->count, vector->capacity) = node;
}

struct node_list node_vector_finish(struct node_vector *vector,
                                    struct program *program)
{
    struct node_list list = {(int)vector->count, NULL};
    if (vector->count) {
        size_t bytes = vector->count * sizeof *vector->items;
        list.items = program_alloc(program, bytes);
        memcpy(list.items, vector->items, bytes);
    }
    free(vector->items);
    *vector = (struct node_vector){NULL, 0, 0};
    return list;
}

/* Does what stands before END say np.array( already? */
static bool is_in_array_call(const char *text, uint32_t end)
{
    static const char *const calls[] = {"array(", "asarray("};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        size_t length = strlen(calls[i]);
        if (end >= length && !memcmp(text + end - length, calls[i], length) &&
            (end == length || !is_name_byte(text[end - length - 1])))
            return true;
    }
    return false;
}

/* Brackets open in the order of the lists; those that close before the next
   opens are closed first. */
void program_to_python(const struct program *program, struct strbuf *sb)
{
    const char *text = program->source->text;
    uint32_t done = 0;
    uint32_t ends[LEXER_MAX_BRACKETS + 1];
    int open = 0;

    for (size_t i = 0; i <= program->list_count; i++) {
        bool last = i == program->list_count;
        if (!last &&
            (!program->lists[i]->became_tensor ||
             is_in_array_call(text, program->lists[i]->span.start)))
            continue;
        uint32_t start = last ? (uint32_t)program->source->length
                              : program->lists[i]->span.start;
        while (open && ends[open - 1] <= start) {
            strbuf_add(sb, text + done, ends[open - 1] - done);
            strbuf_addc(sb, ')');
            done = ends[--open];
        }
        strbuf_add(sb, text + done, start - done);
        done = start;
        if (last)
            break;
        strbuf_adds(sb, "np.array(");
        ends[open++] = program->lists[i]->span.end;
    }
}
