/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The class statement. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/attributes.h"

/* What stands in the parentheses of a class statement. */
struct header {
    struct class **bases;
    size_t count, capacity;
    struct value built_in; /* list, int…, or type; undefined: none */
    struct class *meta;    /* counted, or NULL */
    bool implicit;         /* no base was written: it is object */
    struct keyword_value *keywords;
    size_t keyword_count, keyword_capacity;
};

static void header_done(struct header *header)
{
    for (size_t i = 0; i < header->count; i++)
        value_unref((struct value){.kind = VALUE_CLASS,
                                   .class = header->bases[i]});
    for (size_t i = 0; i < header->keyword_count; i++)
        value_unref(header->keywords[i].value);
    if (header->meta)
        value_unref((struct value){.kind = VALUE_CLASS,
                                   .class = header->meta});
    value_unref(header->built_in);
    free(header->bases);
    free(header->keywords);
}

/* int, list… and type itself: what the module bind gives as types. */
static bool is_built_in_type(struct value value)
{
    if (value.kind == VALUE_OPAQUE)
        return !strcmp(value.opaque->type->name, "type");
    return value.kind == VALUE_NATIVE && !strcmp(value.native->name, "type");
}

static bool add_base(struct interp *interp, struct header *header,
                     struct value base, struct error *err);

/* Generic[T] is no class, but says by what it is to be replaced. */
static bool add_entries(struct interp *interp, struct header *header,
                        struct value base, bool *found, struct error *err)
{
    struct value none = value_tuple(0, NULL), entries;
    bool good = value_call_special(interp, base, "__mro_entries__", 1, &none,
                                   found, &entries, err);
    value_unref(none);
    if (!good || !*found)
        return good;
    for (size_t i = 0; good && entries.kind == VALUE_TUPLE &&
                       i < entries.sequence->count;
         i++)
        good = add_base(interp, header, entries.sequence->items[i], err);
    value_unref(entries);
    return good;
}

static bool add_base(struct interp *interp, struct header *header,
                     struct value base, struct error *err)
{
    bool found = false;
    if (base.kind == VALUE_CLASS) {
        VEC_PUSH(header->bases, header->count, header->capacity) =
            value_ref(base).class;
        return true;
    }
    if (is_built_in_type(base)) {
        if (header->built_in.kind != VALUE_UNDEFINED)
            return error_set(err, ERROR_TYPE,
                             "multiple bases have instance lay-out conflict");
        header->built_in = value_ref(base);
        return true;
    }
    return add_entries(interp, header, base, &found, err) &&
           (found || error_set(err, ERROR_TYPE,
                               "a class cannot be derived from '%s'",
                               value_type_name(base)));
}

static bool add_keyword(struct header *header, const char *name,
                        struct value value, struct error *err)
{
    if (strcmp(name, "metaclass") != 0) {
        VEC_PUSH(header->keywords, header->keyword_count,
                 header->keyword_capacity) =
            (struct keyword_value){name, value_ref(value)};
        return true;
    }
    if (value.kind == VALUE_CLASS)
        header->meta = value_ref(value).class;
    return value.kind == VALUE_CLASS || is_built_in_type(value) ||
           error_set(err, ERROR_TYPE, "a metaclass must be a class, not '%s'",
                     value_type_name(value));
}

static bool evaluate_header(struct frame *frame, struct node *node,
                            struct header *header, struct error *err)
{
    const struct node_list *list = &node->class.bases;
    for (int i = 0; i < list->count; i++) {
        struct node *item = list->items[i];
        bool keyword = item->kind == NODE_KEYWORD;
        struct value value;
        if (!evaluate(frame, keyword ? item->keyword.value : item, &value, err))
            return false;
        bool good = keyword ? add_keyword(header, item->keyword.name, value,
                                          err)
                            : add_base(frame->interp, header, value, err);
        value_unref(value);
        if (!good) {
            error_locate(frame, item->span, err);
            return false;
        }
    }
    if (header->count == 0) {
        header->implicit = header->built_in.kind == VALUE_UNDEFINED;
        VEC_PUSH(header->bases, header->count, header->capacity) =
            value_ref(frame->interp->object_class).class;
    }
    return true;
}

static bool make_class(struct interp *interp, const char *name,
                       const struct header *header, struct value *ret,
                       struct error *err)
{
    if (!class_new(interp, name, (int)header->count, header->bases, ret, err))
        return false;
    struct class *class = ret->class;
    if (header->built_in.kind != VALUE_UNDEFINED) {
        value_unref(class->built_in);
        class->built_in = value_ref(header->built_in);
    }
    if (header->meta) {
        if (class->meta)
            value_unref((struct value){.kind = VALUE_CLASS,
                                       .class = class->meta});
        class->meta = header->meta;
        class->meta->object.refs++;
    }
    return true;
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

/* member.__set_name__(class, name) */
static bool name_members(struct interp *interp, struct value class,
                         struct error *err)
{
    struct value members = value_list(0, NULL), value, ignored;
    const char *name;
    bool good = true, found;
    for (size_t i = 0;
         namespace_next(&class.class->names, &i, &name, &value);) {
        if (!value_has_special(value, "__set_name__"))
            continue;
        struct value text = value_string(name);
        list_append(members.sequence, value);
        list_append(members.sequence, text);
        value_unref(text);
    }
    for (size_t i = 0; good && i < members.sequence->count; i += 2) {
        struct value pair[2] = {class, members.sequence->items[i + 1]};
        good = value_call_special(interp, members.sequence->items[i],
                                  "__set_name__", 2, pair, &found, &ignored,
                                  err);
        if (good)
            value_unref(ignored);
    }
    value_unref(members);
    return good;
}

/* Base.__init_subclass__(class, …) of the first base that has one. */
static bool init_subclass(struct interp *interp, struct value class,
                          const struct header *header, struct error *err)
{
    for (int i = 1; i < class.class->line_count; i++) {
        const struct value *member = namespace_get(
            &class.class->line[i]->names, "__init_subclass__");
        if (!member)
            continue;
        struct call_args args = {.keyword_count = (int)header->keyword_count,
                                 .keywords = header->keywords};
        struct value method = value_method(class, member_unwrapped(*member)),
                     ignored;
        bool good = interp_call(interp, method, &args, &ignored, err);
        value_unref(method);
        if (good)
            value_unref(ignored);
        return good;
    }
    return true;
}

/* meta.WHAT(class or meta, name, bases, names) */
static bool call_meta(struct interp *interp, struct class *meta,
                      const char *what, struct value first,
                      const struct header *header, struct class *class,
                      struct value *ret, struct error *err)
{
    struct value self = {.kind = VALUE_CLASS, .class = class};
    struct value values[4] = {first, value_string(class->name)};
    struct value function = member_unwrapped(*class_lookup(meta, what));
    bool good = true;
    if (header->implicit)
        values[2] = value_tuple(0, NULL);
    else
        good = interp_get_attribute(interp, self, "__bases__", &values[2],
                                    err);
    if (good) {
        struct call_args args = {.count = 4, .values = values};
        values[3] = namespace_to_dict(&class->names);
        good = interp_call(interp, function, &args, ret, err);
        value_unref(values[2]);
        value_unref(values[3]);
    }
    value_unref(values[1]);
    return good;
}

/* What the metaclass does with the class whose body has run. */
static bool finish_by_meta(struct interp *interp, const struct header *header,
                           struct value *class, struct error *err)
{
    struct class *meta = class->class->meta;
    struct value made;
    if (!meta)
        return true;
    if (class_lookup(meta, "__new__")) {
        struct value first = {.kind = VALUE_CLASS, .class = meta};
        class_disown(class->class);
        if (!call_meta(interp, meta, "__new__", first, header, class->class,
                       &made, err))
            return false;
        value_unref(*class);
        *class = made;
    }
    if (class->kind != VALUE_CLASS || !class_lookup(meta, "__init__"))
        return true;
    if (!call_meta(interp, meta, "__init__", *class, header, class->class,
                   &made, err))
        return false;
    value_unref(made);
    return true;
}

static bool finish_class(struct frame *frame, const struct header *header,
                         struct value *class, struct error *err)
{
    struct interp *interp = frame->interp;
    own_methods(class->class);
    class_note_specials(class->class);
    return name_members(interp, *class, err) &&
           init_subclass(interp, *class, header, err) &&
           finish_by_meta(interp, header, class, err);
}

static void set_module(struct frame *frame, struct class *class)
{
    struct value module = value_string(
        frame->program->module ? frame->program->module : "__main__");
    namespace_set(&class->names, "__module__", module);
    value_unref(module);
}

static bool run_body(struct frame *frame, struct node *node,
                     struct class *class, struct error *err)
{
    struct namespace *outer = frame->names;
    bool echo = frame->echo;
    frame->names = &class->names;
    frame->echo = false;
    bool good = execute_list(frame, &node->class.body, err) != FLOW_ERROR;
    frame->names = outer;
    frame->echo = echo;
    add_annotations(class, &node->class.body);
    return good;
}

bool execute_class(struct frame *frame, struct node *node, struct error *err)
{
    struct header header = {.count = 0};
    struct value class;
    bool good =
        evaluate_header(frame, node, &header, err) &&
        make_class(frame->interp, node->class.name->name.text, &header, &class,
                   err);
    if (!good) {
        header_done(&header);
        return false;
    }
    set_module(frame, class.class);
    const char *doc = class_doc(node);
    class.class->doc = doc ? xstrdup(doc) : NULL;
    good = run_body(frame, node, class.class, err) &&
           finish_class(frame, &header, &class, err) &&
           decorate(frame, node, &class, err);
    header_done(&header);
    if (!good) {
        value_unref(class);
        return false;
    }
    name_store(frame, &node->class.name->name, class);
    return true;
}

/* type(name, bases, names), also as a metaclass's __new__ calls it */
bool metaclass_make(struct interp *interp, struct class *meta,
                    const struct call_args *args, struct value *ret,
                    struct error *err)
{
    struct header header = {.count = 0};
    struct value key, value;
    bool good = args->count == 3 && args->values[0].kind == VALUE_STRING &&
                args->values[1].kind == VALUE_TUPLE &&
                args->values[2].kind == VALUE_DICT;
    if (!good)
        return error_set(err, ERROR_TYPE, "type() takes 1 or 3 arguments");
    const struct sequence *bases = args->values[1].sequence;
    for (size_t i = 0; good && i < bases->count; i++)
        good = add_base(interp, &header, bases->items[i], err);
    if (good && header.count == 0)
        VEC_PUSH(header.bases, header.count, header.capacity) =
            value_ref(interp->object_class).class;
    if (meta) {
        header.meta = meta;
        meta->object.refs++;
    }
    good = good &&
           make_class(interp, args->values[0].string->text, &header, ret, err);
    header_done(&header);
    if (!good)
        return false;
    struct class *class = ret->class;
    struct value module = value_string("__main__");
    namespace_set(&class->names, "__module__", module);
    value_unref(module);
    for (size_t i = 0; dict_next(args->values[2].dict, &i, &key, &value);)
        if (key.kind == VALUE_STRING)
            namespace_set(&class->names, key.string->text, value);
    own_methods(class);
    class_note_specials(class);
    return true;
}
