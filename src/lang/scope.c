/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where each name lives, found once after parsing.
 *
 * A function's names are those it binds; a comprehension's live in slots of
 * the function around it.  A name that an inner function uses becomes a cell,
 * which is known only when all inner functions have been seen: uses are
 * remembered and get their place and index at the very end.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/ast.h"

enum scope_kind { SCOPE_FUNCTION, SCOPE_CLASS, SCOPE_COMPREHENSION };

struct variable {
    const char *text;
    struct function *function; /* whose frame holds it; NULL: a global */
    bool is_cell;
    bool in_class; /* of a class body */
    int index;
};

struct scope {
    enum scope_kind kind;
    struct scope *parent;
    struct function *function;
    size_t count, capacity;
    struct variable **variables;
};

/* A function being resolved; kept until all indices are known. */
struct function {
    struct code *code;
    struct function *parent;
    struct scope *scope;
    size_t capture_count, capture_capacity;
    struct variable **captures;
};

struct use {
    struct name *name;
    struct function *function; /* where it stands */
    struct variable *variable;
};

struct resolver {
    struct program *program;
    struct error *err;
    struct scope *scope;
    size_t function_count, function_capacity;
    struct function **functions;
    size_t use_count, use_capacity;
    struct use *uses;
};

static bool visit(struct resolver *r, struct node *node);
static bool resolve_function(struct resolver *r, struct code *code);

/* ------------------------------------------------------------ variables */

static struct variable *find_in(const struct scope *scope, const char *text)
{
    for (size_t i = 0; i < scope->count; i++)
        if (!strcmp(scope->variables[i]->text, text))
            return scope->variables[i];
    return NULL;
}

static bool is_module(const struct scope *scope)
{
    return scope->kind == SCOPE_FUNCTION && !scope->function->parent;
}

static struct variable *declare(struct resolver *r, struct scope *scope,
                                const char *text)
{
    struct variable *variable = find_in(scope, text);
    if (variable)
        return variable;
    variable = program_alloc(r->program, sizeof *variable);
    variable->text = text;
    variable->in_class = scope->kind == SCOPE_CLASS;
    variable->function =
        is_module(scope) || variable->in_class ? NULL : scope->function;
    VEC_PUSH(scope->variables, scope->count, scope->capacity) = variable;
    return variable;
}

static void bind(struct resolver *r, struct scope *scope, const char *text)
{
    /* at module level everything is global: no need to remember it */
    if (!is_module(scope))
        declare(r, scope, text);
}

static int global_index(struct program *program, const char *text)
{
    for (size_t i = 0; i < program->global_count; i++)
        if (!strcmp(program->global_names[i], text))
            return (int)i;
    VEC_PUSH(program->global_names, program->global_count,
             program->global_capacity) = text;
    return (int)program->global_count - 1;
}

/* VARIABLE of an outer function, seen from FUNCTION: a cell that every
   function on the way hands inwards. */
static void capture(struct function *function, struct variable *variable)
{
    variable->is_cell = true;
    for (; function != variable->function; function = function->parent) {
        size_t i = 0;
        while (i < function->capture_count && function->captures[i] != variable)
            i++;
        if (i == function->capture_count)
            VEC_PUSH(function->captures, function->capture_count,
                     function->capture_capacity) = variable;
    }
}

/* NULL: a global. */
static struct variable *lookup(const struct scope *from, const char *text)
{
    for (const struct scope *scope = from; scope; scope = scope->parent) {
        if (scope->kind == SCOPE_CLASS && scope != from)
            continue;
        struct variable *variable = find_in(scope, text);
        if (variable)
            return variable->function || variable->in_class ? variable : NULL;
    }
    return NULL;
}

/* NAME, as SCOPE and those around it know it, used in the current function. */
static void use_name_of(struct resolver *r, const struct scope *scope,
                        struct name *name)
{
    struct variable *variable = lookup(scope, name->text);
    if (!variable || variable->in_class) {
        name->place = variable ? PLACE_CLASS : PLACE_GLOBAL;
        name->index = global_index(r->program, name->text);
        return;
    }
    if (variable->function != r->scope->function)
        capture(r->scope->function, variable);
    VEC_PUSH(r->uses, r->use_count, r->use_capacity) =
        (struct use){name, r->scope->function, variable};
}

static void use_name(struct resolver *r, struct name *name)
{
    use_name_of(r, r->scope, name);
}

/* -------------------------------------------- what a body binds, ahead */

static void collect_list(struct resolver *r, struct scope *scope,
                         const struct node_list *list);

static void collect_target(struct resolver *r, struct scope *scope,
                           const struct node *target)
{
    if (target->kind == NODE_NAME)
        bind(r, scope, target->name.text);
    else if (target->kind == NODE_STAR)
        collect_target(r, scope, target->operand);
    else if (target->kind == NODE_TUPLE || target->kind == NODE_LIST)
        for (int i = 0; i < target->items.count; i++)
            collect_target(r, scope, target->items.items[i]);
}

static void collect_try(struct resolver *r, struct scope *scope,
                        const struct node *node)
{
    collect_list(r, scope, &node->try.body);
    for (int i = 0; i < node->try.handler_count; i++) {
        const struct handler *handler = &node->try.handlers[i];
        if (handler->name)
            collect_target(r, scope, handler->name);
        collect_list(r, scope, &handler->body);
    }
    collect_list(r, scope, &node->try.otherwise);
    collect_list(r, scope, &node->try.finally);
}

/* A chain of elif is a list in depth: walked, not recursed into. */
static const struct node *next_elif(const struct node *node)
{
    const struct node_list *otherwise = &node->loop.otherwise;
    bool chained = node->kind == NODE_IF && otherwise->count == 1 &&
                   otherwise->items[0]->kind == NODE_IF;
    return chained ? otherwise->items[0] : NULL;
}

static void collect_branches(struct resolver *r, struct scope *scope,
                             const struct node *node)
{
    for (const struct node *next; (next = next_elif(node)); node = next)
        collect_list(r, scope, &node->loop.body);
    collect_list(r, scope, &node->loop.body);
    collect_list(r, scope, &node->loop.otherwise);
}

static void collect_pattern(struct resolver *r, struct scope *scope,
                            const struct node *node)
{
    if (node->kind == NODE_KEYWORD)
        node = node->keyword.value;
    if (node->pattern.name)
        collect_target(r, scope, node->pattern.name);
    if (node->operator== PATTERN_AS)
        collect_pattern(r, scope, node->pattern.value);
    for (int i = 0; i < node->pattern.items.count; i++)
        collect_pattern(r, scope, node->pattern.items.items[i]);
}

static void collect(struct resolver *r, struct scope *scope,
                    const struct node *node)
{
    switch (node->kind) {
    case NODE_ASSIGN:
        for (int i = 0; i < node->assign.targets.count; i++)
            collect_target(r, scope, node->assign.targets.items[i]);
        return;
    case NODE_AUGMENTED:
        collect_target(r, scope, node->binary.left);
        return;
    case NODE_FOR:
        collect_target(r, scope, node->loop.target);
        collect_branches(r, scope, node);
        return;
    case NODE_IF:
    case NODE_WHILE:
        collect_branches(r, scope, node);
        return;
    case NODE_DEF:
        collect_target(r, scope, node->function.name);
        return;
    case NODE_CLASS:
        collect_target(r, scope, node->class.name);
        return;
    case NODE_DELETE:
        collect_target(r, scope, node->operand);
        return;
    case NODE_IMPORT:
    case NODE_FROM_IMPORT:
        for (int i = 0; i < node->import.count; i++)
            collect_target(r, scope, node->import.items[i].name);
        return;
    case NODE_WITH:
        for (int i = 0; i < node->with.count; i++)
            if (node->with.items[i].target)
                collect_target(r, scope, node->with.items[i].target);
        collect_list(r, scope, &node->with.body);
        return;
    case NODE_TRY:
        collect_try(r, scope, node);
        return;
    case NODE_MATCH:
        for (int i = 0; i < node->match.count; i++) {
            collect_pattern(r, scope, node->match.cases[i].pattern);
            collect_list(r, scope, &node->match.cases[i].body);
        }
        return;
    default:
        return;
    }
}

static void collect_list(struct resolver *r, struct scope *scope,
                         const struct node_list *list)
{
    for (int i = 0; i < list->count; i++)
        collect(r, scope, list->items[i]);
}

/* ------------------------------------------------- global and nonlocal */

static bool declare_global(struct resolver *r, const struct node *node)
{
    for (int i = 0; i < node->items.count; i++) {
        const char *text = node->items.items[i]->name.text;
        if (is_module(r->scope))
            continue;
        struct variable *variable = declare(r, r->scope, text);
        variable->function = NULL;
        variable->in_class = false;
    }
    return true;
}

static bool declare_nonlocal(struct resolver *r, const struct node *node)
{
    for (int i = 0; i < node->items.count; i++) {
        const struct node *name = node->items.items[i];
        struct variable *outer =
            r->scope->parent ? lookup(r->scope->parent, name->name.text) : NULL;
        if (is_module(r->scope))
            return syntax_error(r->err, r->program->source, node->span,
                                ERROR_SYNTAX,
                                "nonlocal declaration not allowed at module "
                                "level");
        if (!outer || outer->in_class)
            return syntax_error(
                r->err, r->program->source, name->span, ERROR_SYNTAX,
                "no binding for nonlocal '%s' found", name->name.text);
        for (size_t k = 0; k < r->scope->count; k++)
            if (!strcmp(r->scope->variables[k]->text, name->name.text))
                r->scope->variables[k] = outer;
        if (!find_in(r->scope, name->name.text))
            VEC_PUSH(r->scope->variables, r->scope->count, r->scope->capacity) =
                outer;
    }
    return true;
}

static bool declare_list(struct resolver *r, const struct node_list *list);

static bool declare_branches(struct resolver *r, const struct node *node)
{
    for (const struct node *next; (next = next_elif(node)); node = next)
        if (!declare_list(r, &node->loop.body))
            return false;
    return declare_list(r, &node->loop.body) &&
           declare_list(r, &node->loop.otherwise);
}

/* Declarations come before the names are used, wherever they stand. */
static bool declare_list(struct resolver *r, const struct node_list *list)
{
    for (int i = 0; i < list->count; i++) {
        const struct node *node = list->items[i];
        bool good = true;
        if (node->kind == NODE_GLOBAL)
            good = declare_global(r, node);
        else if (node->kind == NODE_NONLOCAL)
            good = declare_nonlocal(r, node);
        else if (node->kind == NODE_IF || node->kind == NODE_FOR ||
                 node->kind == NODE_WHILE)
            good = declare_branches(r, node);
        else if (node->kind == NODE_TRY)
            good = declare_list(r, &node->try.body);
        else if (node->kind == NODE_WITH)
            good = declare_list(r, &node->with.body);
        if (!good)
            return false;
    }
    return true;
}

/* --------------------------------------------------------------- visits */

static bool visit_list(struct resolver *r, const struct node_list *list)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i] && !visit(r, list->items[i]))
            return false;
    return true;
}

static bool visit_maybe(struct resolver *r, struct node *node)
{
    return !node || visit(r, node);
}

static void scope_enter(struct resolver *r, struct scope *scope,
                        enum scope_kind kind)
{
    *scope = (struct scope){
        .kind = kind, .parent = r->scope, .function = r->scope->function};
    r->scope = scope;
}

static void scope_leave(struct resolver *r)
{
    struct scope *scope = r->scope;
    r->scope = scope->parent;
    free(scope->variables);
}

/* The first iterable belongs to the scope outside. */
static bool visit_comprehension(struct resolver *r, struct node *node)
{
    struct scope scope;
    if (!visit(r, node->comprehension.clauses[0].iterable))
        return false;
    scope_enter(r, &scope, SCOPE_COMPREHENSION);
    bool good = true;
    for (int i = 0; i < node->comprehension.clause_count; i++)
        collect_target(r, &scope, node->comprehension.clauses[i].target);
    for (int i = 0; good && i < node->comprehension.clause_count; i++) {
        const struct clause *clause = &node->comprehension.clauses[i];
        good = (i == 0 || visit(r, clause->iterable)) &&
               visit(r, clause->target) && visit_list(r, &clause->conditions);
    }
    good = good && visit(r, node->comprehension.element) &&
           visit_maybe(r, node->comprehension.value);
    scope_leave(r);
    return good;
}

/* x := … binds in the function around all comprehensions. */
static bool visit_walrus(struct resolver *r, struct node *node)
{
    struct scope *scope = r->scope;
    while (scope->kind == SCOPE_COMPREHENSION ||
           (scope->kind == SCOPE_FUNCTION && scope->function->code->is_genexpr))
        scope = scope->parent;
    bind(r, scope, node->binary.left->name.text);
    use_name_of(r, scope, &node->binary.left->name);
    return visit(r, node->binary.right);
}

static bool visit_match(struct resolver *r, struct node *node)
{
    bool good = visit(r, node->match.subject);
    for (int i = 0; good && i < node->match.count; i++) {
        const struct match_case *one = &node->match.cases[i];
        good = visit(r, one->pattern) && visit_maybe(r, one->guard) &&
               visit_list(r, &one->body);
    }
    return good;
}

static bool visit_class(struct resolver *r, struct node *node)
{
    struct scope scope;
    if (!visit(r, node->class.name) || !visit_list(r, &node->class.bases) ||
        !visit_list(r, &node->class.decorators))
        return false;
    scope_enter(r, &scope, SCOPE_CLASS);
    collect_list(r, &scope, &node->class.body);
    bool good =
        declare_list(r, &node->class.body) && visit_list(r, &node->class.body);
    scope_leave(r);
    return good;
}

static bool visit_function(struct resolver *r, struct node *node)
{
    const struct code *code = node->function.code;
    for (int i = 0; i < code->parameter_count; i++)
        if (!visit_maybe(r, code->parameters[i].fallback))
            return false;
    return visit_maybe(r, node->function.name) &&
           visit_list(r, &node->function.decorators) &&
           resolve_function(r, node->function.code);
}

static bool visit_imports(struct resolver *r, struct node *node)
{
    for (int i = 0; i < node->import.count; i++)
        if (!visit(r, node->import.items[i].name))
            return false;
    return true;
}

static bool visit_with(struct resolver *r, struct node *node)
{
    for (int i = 0; i < node->with.count; i++)
        if (!visit(r, node->with.items[i].context) ||
            !visit_maybe(r, node->with.items[i].target))
            return false;
    return visit_list(r, &node->with.body);
}

static bool visit_try(struct resolver *r, struct node *node)
{
    if (!visit_list(r, &node->try.body))
        return false;
    for (int i = 0; i < node->try.handler_count; i++) {
        struct handler *handler = &node->try.handlers[i];
        if (!visit_maybe(r, handler->type) || !visit_maybe(r, handler->name) ||
            !visit_list(r, &handler->body))
            return false;
    }
    return visit_list(r, &node->try.otherwise) &&
           visit_list(r, &node->try.finally);
}

static bool visit_branches(struct resolver *r, struct node *node)
{
    for (; next_elif(node); node = node->loop.otherwise.items[0])
        if (!visit(r, node->loop.test) || !visit_list(r, &node->loop.body))
            return false;
    return visit(r, node->loop.test) && visit_maybe(r, node->loop.target) &&
           visit_list(r, &node->loop.body) &&
           visit_list(r, &node->loop.otherwise);
}

static bool visit(struct resolver *r, struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_CONSTANT:
    case NODE_PASS:
    case NODE_BREAK:
    case NODE_CONTINUE:
    case NODE_GLOBAL:
    case NODE_NONLOCAL:
        return true;
    case NODE_NAME:
        use_name(r, &node->name);
        return true;
    case NODE_TUPLE:
    case NODE_LIST:
    case NODE_SET:
    case NODE_AND:
    case NODE_OR:
    case NODE_FSTRING:
        return visit_list(r, &node->items);
    case NODE_DICT:
        return visit_list(r, &node->dict.keys) &&
               visit_list(r, &node->dict.values);
    case NODE_TRACE:
    case NODE_STAR:
    case NODE_DOUBLE_STAR:
    case NODE_UNARY:
    case NODE_NOT:
    case NODE_EXPRESSION:
    case NODE_RETURN:
    case NODE_DELETE:
    case NODE_YIELD:
    case NODE_YIELD_FROM:
        return visit_maybe(r, node->operand);
    case NODE_KEYWORD:
        return visit(r, node->keyword.value);
    case NODE_BINARY:
    case NODE_AUGMENTED:
    case NODE_RAISE:
    case NODE_ASSERT:
        return visit_maybe(r, node->binary.left) &&
               visit_maybe(r, node->binary.right);
    case NODE_COMPARE:
        return visit_list(r, &node->compare.operands);
    case NODE_CONDITIONAL:
        return visit(r, node->conditional.test) &&
               visit(r, node->conditional.then) &&
               visit(r, node->conditional.otherwise);
    case NODE_CALL:
        return visit(r, node->call.function) && visit_list(r, &node->call.args);
    case NODE_ATTRIBUTE:
        return visit(r, node->attribute.object);
    case NODE_SUBSCRIPT:
        return visit(r, node->subscript.object) &&
               visit(r, node->subscript.index);
    case NODE_SLICE:
        return visit_maybe(r, node->slice.start) &&
               visit_maybe(r, node->slice.stop) &&
               visit_maybe(r, node->slice.step);
    case NODE_LAMBDA:
    case NODE_DEF:
        return visit_function(r, node);
    case NODE_COMPREHENSION:
        return visit_comprehension(r, node);
    case NODE_GENERATOR:
        return visit(r, node->generator.iterable) &&
               resolve_function(r, node->generator.code);
    case NODE_FORMATTED:
        return visit(r, node->formatted.value) &&
               visit_maybe(r, node->formatted.spec);
    case NODE_WALRUS:
        return visit_walrus(r, node);
    case NODE_ASSIGN:
        return visit(r, node->assign.value) &&
               visit_list(r, &node->assign.targets);
    case NODE_IF:
    case NODE_WHILE:
    case NODE_FOR:
        return visit_branches(r, node);
    case NODE_CLASS:
        return visit_class(r, node);
    case NODE_IMPORT:
    case NODE_FROM_IMPORT:
        return visit_imports(r, node);
    case NODE_WITH:
        return visit_with(r, node);
    case NODE_TRY:
        return visit_try(r, node);
    case NODE_MATCH:
        return visit_match(r, node);
    case NODE_PATTERN:
        return visit_maybe(r, node->pattern.value) &&
               visit_maybe(r, node->pattern.name) &&
               visit_list(r, &node->pattern.keys) &&
               visit_list(r, &node->pattern.items);
    }
    return true;
}

/* ------------------------------------------------------------ functions */

static struct function *function_add(struct resolver *r, struct code *code)
{
    struct function *function = xcalloc(1, sizeof *function);
    function->code = code;
    function->parent = r->scope ? r->scope->function : NULL;
    VEC_PUSH(r->functions, r->function_count, r->function_capacity) = function;
    return function;
}

static bool resolve_function(struct resolver *r, struct code *code)
{
    struct function *function = function_add(r, code);
    struct scope scope = {
        .kind = SCOPE_FUNCTION, .parent = r->scope, .function = function};
    r->scope = &scope;
    for (int i = 0; i < code->parameter_count; i++)
        bind(r, &scope, code->parameters[i].name.text);
    collect_list(r, &scope, &code->body);
    bool good = declare_list(r, &code->body);
    for (int i = 0; i < code->parameter_count; i++)
        use_name(r, &code->parameters[i].name);
    good =
        good && visit_list(r, &code->body) && visit_maybe(r, code->expression);
    scope_leave(r);
    return good;
}

/* ------------------------------------------------- places and indices */

static int cell_index(const struct function *function,
                      const struct variable *variable)
{
    if (variable->function == function)
        return variable->index;
    size_t i = 0;
    while (function->captures[i] != variable)
        i++;
    return function->code->cell_count + (int)i;
}

/* Numbers the variables in the order of their first use. */
static void number_variables(struct resolver *r)
{
    for (size_t i = 0; i < r->use_count; i++)
        r->uses[i].variable->index = -1;
    for (size_t i = 0; i < r->use_count; i++) {
        struct variable *variable = r->uses[i].variable;
        struct code *code = variable->function->code;
        if (variable->index < 0)
            variable->index =
                variable->is_cell ? code->cell_count++ : code->slot_count++;
    }
}

static void name_places(struct resolver *r)
{
    for (size_t i = 0; i < r->use_count; i++) {
        struct variable *variable = r->uses[i].variable;
        struct code *code = variable->function->code;
        const char ***names =
            variable->is_cell ? &code->cell_names : &code->slot_names;
        int count = variable->is_cell ? code->cell_count : code->slot_count;
        if (!*names)
            *names = program_alloc(r->program, (size_t)count * sizeof **names);
        (*names)[variable->index] = variable->text;
    }
}

static void place_names(struct resolver *r)
{
    for (size_t i = 0; i < r->use_count; i++) {
        const struct use *use = &r->uses[i];
        use->name->place = use->variable->is_cell ? PLACE_CELL : PLACE_LOCAL;
        use->name->index = use->variable->is_cell
                               ? cell_index(use->function, use->variable)
                               : use->variable->index;
    }
}

static void place_captures(struct resolver *r)
{
    for (size_t i = 0; i < r->function_count; i++) {
        const struct function *function = r->functions[i];
        int count = (int)function->capture_count;
        if (count == 0)
            continue;
        int *captures =
            program_alloc(r->program, (size_t)count * sizeof *captures);
        for (int k = 0; k < count; k++)
            captures[k] = cell_index(function->parent, function->captures[k]);
        function->code->captures = captures;
        function->code->capture_count = count;
    }
}

/* May a call put its arguments straight into the slots? */
static bool is_direct(const struct code *code)
{
    for (int i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].kind != PARAMETER_PLAIN ||
            code->parameters[i].name.place != PLACE_LOCAL ||
            code->parameters[i].name.index != i)
            return false;
    return code->cell_count + code->capture_count == 0 && !code->is_generator;
}

bool program_resolve(struct program *program, struct error *err)
{
    struct resolver r = {.program = program, .err = err};
    bool good = resolve_function(&r, program->main);
    if (good) {
        number_variables(&r);
        name_places(&r);
        place_names(&r);
        place_captures(&r);
        for (size_t i = 0; i < r.function_count; i++)
            r.functions[i]->code->direct = is_direct(r.functions[i]->code);
    }
    for (size_t i = 0; i < r.function_count; i++) {
        free(r.functions[i]->captures);
        free(r.functions[i]);
    }
    free(r.functions);
    free(r.uses);
    return good;
}
