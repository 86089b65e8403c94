/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/generator.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static struct interp *current;

struct interp *interp_current(void)
{
    return current;
}

/* --------------------------------------------------------------- lifetime */

struct interp *interp_new(void)
{
    static uint64_t last_id;
    struct interp *interp = xcalloc(1, sizeof *interp);
    interp->id = ++last_id;
    interp->handled = value_none();
    tracked_init(&interp->cells);
    tracked_init(&interp->instances);
    tracked_init(&interp->generators);
    tracked_init(&interp->lists);
    tracked_init(&interp->dicts);
    tracked_init(&interp->functions);
    tracked_init(&interp->classes);
    exceptions_register(interp);
    classes_register(interp);
    return interp;
}

static void empty_list(struct sequence *list)
{
    struct value *items = list->items;
    size_t count = list->count;
    list->items = NULL;
    list->count = list->capacity = 0;
    for (size_t i = 0; i < count; i++)
        value_unref(items[i]);
    free(items);
}

static void empty_containers(struct interp *interp)
{
    while (interp->lists.next != &interp->lists) {
        struct sequence *list =
            (struct sequence *)((char *)interp->lists.next -
                                offsetof(struct sequence, tracked));
        struct value held = {.kind = VALUE_LIST, .sequence = list};
        tracked_remove(&list->tracked);
        value_ref(held);
        empty_list(list);
        value_unref(held);
    }
    while (interp->dicts.next != &interp->dicts) {
        struct dict *dict =
            (struct dict *)((char *)interp->dicts.next -
                            offsetof(struct dict, tracked));
        struct value held = {.kind = VALUE_DICT, .dict = dict};
        tracked_remove(&dict->tracked);
        value_ref(held);
        dict_clear(dict);
        value_unref(held);
    }
}

/* Empties one by one what may be in a cycle; each leaves its list before it
   is emptied, since that may free it. */
static void break_cycles(struct interp *interp)
{
    empty_containers(interp);
    while (interp->cells.next != &interp->cells) {
        struct cell *cell = (struct cell *)interp->cells.next;
        struct value value = cell->value;
        tracked_remove(&cell->tracked);
        cell->value = (struct value){.kind = VALUE_UNDEFINED};
        value_unref(value);
    }
    while (interp->generators.next != &interp->generators) {
        struct generator *generator =
            (struct generator *)interp->generators.next;
        tracked_remove(&generator->tracked);
        generator_abandon(generator);
    }
    while (interp->functions.next != &interp->functions) {
        struct function *function =
            (struct function *)((char *)interp->functions.next -
                                offsetof(struct function, tracked));
        tracked_remove(&function->tracked);
        function->object.refs++;
        namespace_done(&function->names);
        value_unref(
            (struct value){.kind = VALUE_FUNCTION, .function = function});
    }
    while (interp->classes.next != &interp->classes) {
        struct class *class =
            (struct class *)((char *)interp->classes.next -
                             offsetof(struct class, tracked));
        tracked_remove(&class->tracked);
        class->object.refs++;
        class_disown(class);
        namespace_done(&class->names);
        value_unref((struct value){.kind = VALUE_CLASS, .class = class});
    }
    while (interp->instances.next != &interp->instances) {
        struct instance *instance =
            (struct instance *)((char *)interp->instances.next -
                                offsetof(struct instance, tracked));
        struct value args = instance->args;
        tracked_remove(&instance->tracked);
        instance->object.refs++;
        instance->args = value_none();
        namespace_done(&instance->names);
        value_unref(args);
        value_unref(
            (struct value){.kind = VALUE_INSTANCE, .instance = instance});
    }
}

static void unset_all(struct strmap *globals)
{
    const char *name;
    void *entry;
    for (size_t i = 0; strmap_next(globals, &i, &name, &entry);) {
        struct global *global = entry;
        struct value value = global->value;
        global->value = (struct value){.kind = VALUE_UNDEFINED};
        value_unref(value);
    }
}

static void free_all(struct strmap *globals)
{
    const char *name;
    void *entry;
    for (size_t i = 0; strmap_next(globals, &i, &name, &entry);) {
        value_unref(((struct global *)entry)->builtin);
        free(entry);
    }
    strmap_done(globals);
}

static void globals_free(struct interp *interp)
{
    unset_all(&interp->globals);
    unset_all(&interp->library);
    break_cycles(interp);
    free_all(&interp->globals);
    free_all(&interp->library);
    free(interp->order);
}

void interp_free(struct interp *interp)
{
    if (!interp)
        return;
    struct interp *previous = current;
    current = interp;
    value_unref(interp->handled);
    error_clear(&interp->deferred);
    interp->order_count = 0;
    globals_free(interp);
    namespace_done(&interp->modules);
    for (int i = 0; i < ERROR_KIND_COUNT; i++)
        value_unref(interp->exceptions[i]);
    value_unref(interp->object_class);
    break_cycles(interp);
    current = previous == interp ? NULL : previous;
    free(interp);
}

void interp_set_hooks(struct interp *interp, const struct interp_hooks *hooks)
{
    interp->hooks = *hooks;
}

void interp_set_output(struct interp *interp, output_sink *sink, void *context)
{
    interp->sink = sink;
    interp->sink_context = context;
}

void interp_write(struct interp *interp, const char *text, size_t length)
{
    if (interp->sink)
        interp->sink(interp->sink_context, text, length);
}

void interp_set_error_output(struct interp *interp, output_sink *sink,
                             void *context)
{
    interp->error_sink = sink;
    interp->error_context = context;
}

void interp_write_error(struct interp *interp, const char *text, size_t length)
{
    if (interp->error_sink)
        interp->error_sink(interp->error_context, text, length);
    else
        interp_write(interp, text, length);
}

/* ---------------------------------------------------------------- globals */

bool interp_builtin(struct interp *interp, const char *name,
                    struct value *ret)
{
    const struct global *global = strmap_get(&interp->globals, name);
    if (!global || global->builtin.kind == VALUE_UNDEFINED)
        return false;
    *ret = global->builtin;
    return true;
}

struct global *interp_global(struct interp *interp, const char *name)
{
    struct global *global = strmap_get(&interp->globals, name);
    if (global)
        return global;
    const char *key;
    void *entry;
    global = xcalloc(1, sizeof *global);
    strmap_set(&interp->globals, name, global);
    /* the map's copy of the name lives as long as the entry */
    size_t last = interp->globals.used - 1;
    if (strmap_next(&interp->globals, &last, &key, &entry))
        global->name = key;
    return global;
}

/* NAME of a library module: its own, with the same built-ins behind it. */
static struct global *library_global(struct interp *interp, const char *module,
                                     const char *name)
{
    char *key = xasprintf("%s\n%s", module, name);
    struct global *global = strmap_get(&interp->library, key);
    const struct global *outer = strmap_get(&interp->globals, name);
    if (!global) {
        global = xcalloc(1, sizeof *global);
        global->hidden = true;
        if (outer)
            global->builtin = value_ref(outer->builtin);
        strmap_set(&interp->library, key, global);
    }
    free(key);
    return global;
}

void library_names(struct interp *interp, const char *module,
                   struct module *ret)
{
    size_t length = strlen(module);
    const char *key;
    void *entry;
    for (size_t i = 0; strmap_next(&interp->library, &i, &key, &entry);) {
        const struct global *global = entry;
        if (!strncmp(key, module, length) && key[length] == '\n' &&
            global->value.kind != VALUE_UNDEFINED)
            module_set(ret, key + length + 1, global->value);
    }
}

void global_set(struct interp *interp, struct global *global,
                struct value value)
{
    struct value old = global->value;
    global->value = value;
    if (old.kind == VALUE_UNDEFINED && !global->hidden)
        VEC_PUSH(interp->order, interp->order_count, interp->order_capacity) =
            global;
    else
        value_unref(old);
}

bool global_remove(struct interp *interp, struct global *global)
{
    struct value old = global->value;
    if (old.kind == VALUE_UNDEFINED)
        return false;
    global->value = (struct value){.kind = VALUE_UNDEFINED};
    size_t i = 0;
    while (i < interp->order_count && interp->order[i] != global)
        i++;
    if (i < interp->order_count)
        memmove(interp->order + i, interp->order + i + 1,
                (--interp->order_count - i) * sizeof *interp->order);
    value_unref(old);
    return true;
}

void interp_set_global(struct interp *interp, const char *name,
                       struct value value)
{
    global_set(interp, interp_global(interp, name), value_ref(value));
}

bool interp_get_global(struct interp *interp, const char *name,
                       struct value *ret)
{
    const struct global *global = strmap_get(&interp->globals, name);
    if (!global || global->value.kind == VALUE_UNDEFINED)
        return false;
    *ret = value_ref(global->value);
    return true;
}

void interp_remove_global(struct interp *interp, const char *name)
{
    struct global *global = strmap_get(&interp->globals, name);
    if (global)
        global_remove(interp, global);
}

bool interp_next_global(struct interp *interp, size_t *position,
                        const char **name, struct value *value)
{
    if (*position >= interp->order_count)
        return false;
    const struct global *global = interp->order[(*position)++];
    *name = global->name;
    *value = global->value;
    return true;
}

void interp_set_builtin(struct interp *interp, const char *name,
                        struct value value)
{
    struct global *global = interp_global(interp, name);
    struct value old = global->builtin;
    global->builtin = value_ref(value);
    value_unref(old);
}

bool interp_next_builtin(struct interp *interp, size_t *position,
                         const char **name, struct value *value)
{
    void *entry;
    while (strmap_next(&interp->globals, position, name, &entry)) {
        *value = ((struct global *)entry)->builtin;
        if (value->kind != VALUE_UNDEFINED)
            return true;
    }
    return false;
}

void interp_add_module(struct interp *interp, const char *name,
                       struct value module)
{
    namespace_set(&interp->modules, name, module);
}

bool interp_next_module(struct interp *interp, size_t *position,
                        const char **name, struct value *module)
{
    return namespace_next(&interp->modules, position, name, module);
}

/* ------------------------------------------------------- deferred errors */

void interp_defer(struct interp *interp, struct error *err)
{
    if (interp->deferred.kind == ERROR_NONE)
        error_move(&interp->deferred, err);
    error_clear(err);
}

bool interp_settle(struct interp *interp, struct error *err)
{
    if (interp->deferred.kind == ERROR_NONE)
        return true;
    error_move(err, &interp->deferred);
    return false;
}

/* ---------------------------------------------------------------- running */

void program_link(struct program *program, struct interp *interp)
{
    if (program->linked_to == interp->id)
        return;
    program->globals = xreallocarray(
        program->globals, program->global_count + 1, sizeof *program->globals);
    for (size_t i = 0; i < program->global_count; i++)
        program->globals[i] =
            program->module
                ? library_global(interp, program->module,
                                 program->global_names[i])
                : interp_global(interp, program->global_names[i]);
    program->linked_to = interp->id;
}

bool recursion_error(struct error *err)
{
    error_set(err, ERROR_RECURSION, "maximum recursion depth exceeded");
    error_hint(err, "a function that calls itself needs a case that does not");
    return false;
}

/* Enough for the deepest C function that is called without a check. */
enum { STACK_RESERVE = 512 * 1024 };

static const char *find_stack_limit(void)
{
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes))
        return NULL;
    pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_destroy(&attributes);
    return (const char *)lowest +
           (size > 2 * STACK_RESERVE ? STACK_RESERVE : size / 2);
}

/* The state that running a program replaces for a while. */
struct entry {
    struct interp *interp;
    const char *stack_limit;
    struct frame *frame;
};

static struct entry enter(struct interp *interp)
{
    struct entry before = {current, interp->stack_limit, interp->frame};
    current = interp;
    interp->stack_limit = find_stack_limit();
    return before;
}

static void leave(struct interp *interp, struct entry before)
{
    current = before.interp ? before.interp : interp;
    interp->stack_limit = before.stack_limit;
    interp->frame = before.frame;
}

static void module_frame_init(struct frame *frame, struct interp *interp,
                              struct program *program)
{
    const struct code *code = program->main;
    program_link(program, interp);
    *frame = (struct frame){.interp = interp,
                            .outer = interp->frame,
                            .program = program,
                            .code = code,
                            .result = value_none()};
    frame->slots = xcalloc((size_t)code->slot_count + 1, sizeof *frame->slots);
    frame->cells = xcalloc((size_t)code->cell_count + 1, sizeof *frame->cells);
    for (int i = 0; i < code->cell_count; i++)
        frame->cells[i] = cell_new(interp);
    interp->frame = frame;
}

static void module_frame_done(struct frame *frame)
{
    for (int i = 0; i < frame->code->slot_count; i++)
        value_unref(frame->slots[i]);
    for (int i = 0; i < frame->code->cell_count; i++)
        cell_unref(frame->cells[i]);
    value_unref(frame->result);
    free(frame->slots);
    free(frame->cells);
}

bool program_run(struct interp *interp, struct program *program, bool echo,
                 struct error *err)
{
    struct entry before = enter(interp);
    struct frame frame;
    const struct node_list *body = &program->main->body;

    error_clear(err);
    program_ref(program);
    module_frame_init(&frame, interp, program);
    frame.echo = echo;
    bool good = execute_list(&frame, body, err) != FLOW_ERROR;
    module_frame_done(&frame);
    leave(interp, before);
    program_free(program);
    return good;
}

bool program_evaluate(struct interp *interp, struct program *program,
                      struct value *ret, struct error *err)
{
    struct entry before = enter(interp);
    struct frame frame;
    bool good;

    error_clear(err);
    program_ref(program);
    module_frame_init(&frame, interp, program);
    if (program_is_expression(program))
        good =
            evaluate(&frame, program->main->body.items[0]->operand, ret, err);
    else
        good = error_set(err, ERROR_SYNTAX, "an expression is wanted");
    module_frame_done(&frame);
    leave(interp, before);
    program_free(program);
    return good;
}
