/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The class statement. */
#include "base/alloc.h"
#include "lang/interp.h"

static bool evaluate_base(struct frame *frame, struct node *node,
                          struct value *ret, struct error *err)
{
    if (!node->class.base) {
        *ret = value_ref(frame->interp->object_class);
        return true;
    }
    if (!evaluate(frame, node->class.base, ret, err))
        return false;
    if (ret->kind == VALUE_CLASS)
        return true;
    error_set(err, ERROR_TYPE, "a class cannot be derived from '%s'",
              value_type_name(*ret));
    error_locate(frame, node->class.base->span, err);
    value_unref(*ret);
    return false;
}

/* super() finds the class through the function that calls it. */
static void own_methods(struct class *class)
{
    const char *name;
    struct value value;
    for (size_t i = 0; namespace_next(&class->names, &i, &name, &value);) {
        struct function *functions[MAX_WRAPPED];
        for (int k = member_functions(value, functions); k-- > 0;)
            if (!functions[k]->owner)
                functions[k]->owner = class;
    }
}

static const char *class_doc(const struct node *node)
{
    if (node->class.body.count == 0 ||
        node->class.body.items[0]->kind != NODE_EXPRESSION)
        return NULL;
    const struct node *first = node->class.body.items[0]->operand;
    return first->kind == NODE_CONSTANT && first->constant.kind == VALUE_STRING
               ? first->constant.string->text
               : NULL;
}

/* `x: int` in a class body: its name, with None for the type. */
static void add_annotations(struct class *class, const struct node_list *body)
{
    struct value names = value_dict();
    for (int i = 0; i < body->count; i++) {
        const struct node *node = body->items[i];
        if (!node->annotated)
            continue;
        const struct node *target = node->kind == NODE_PASS
                                        ? node->operand
                                        : node->assign.targets.items[0];
        if (target->kind == NODE_NAME)
            dict_set_string(names.dict, target->name.text, value_none());
    }
    if (dict_count(names.dict))
        namespace_set(&class->names, "__annotations__", names);
    value_unref(names);
}

static bool decorate(struct frame *frame, struct node *node,
                     struct value *class, struct error *err)
{
    for (int i = node->class.decorators.count - 1; i >= 0; i--) {
        struct value decorator, result;
        struct call_args args = {.count = 1, .values = class};
        if (!evaluate(frame, node->class.decorators.items[i], &decorator, err))
            return false;
        bool good = interp_call(frame->interp, decorator, &args, &result, err);
        value_unref(decorator);
        if (!good)
            return false;
        value_unref(*class);
        *class = result;
    }
    return true;
}

bool execute_class(struct frame *frame, struct node *node, struct error *err)
{
    struct value base;
    if (!evaluate_base(frame, node, &base, err))
        return false;
    struct value class =
        value_class(node->class.name->name.text, base.class, base.class->kind);
    value_unref(base);
    struct value module = value_string(
        frame->program->module ? frame->program->module : "__main__");
    namespace_set(&class.class->names, "__module__", module);
    value_unref(module);
    const char *doc = class_doc(node);
    class.class->doc = doc ? xstrdup(doc) : NULL;

    struct namespace *outer = frame->names;
    bool echo = frame->echo;
    frame->names = &class.class->names;
    frame->echo = false;
    bool good = execute_list(frame, &node->class.body, err) != FLOW_ERROR;
    frame->names = outer;
    frame->echo = echo;
    own_methods(class.class);
    add_annotations(class.class, &node->class.body);
    if (!good || !decorate(frame, node, &class, err)) {
        value_unref(class);
        return false;
    }
    name_store(frame, &node->class.name->name, class);
    return true;
}
