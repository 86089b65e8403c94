/* SPDX-License-Identifier: GPL-3.0-or-later */
/* repr() and str(). */
#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"
#include "lang/set.h"
#include "tensor/format.h"

/* The containers being printed, innermost first, on the C stack. */
struct printing {
    const void *object;
    const struct printing *outer;
    int depth;
};

static const struct printing *printing;

enum { MAX_PRINT_DEPTH = 200 };

static bool already_printing(const void *object)
{
    for (const struct printing *p = printing; p; p = p->outer)
        if (p->object == object || p->depth > MAX_PRINT_DEPTH)
            return true;
    return false;
}

/* --------------------------------------------------------------- strings */

static void escape_code_point(uint32_t c, struct strbuf *sb)
{
    if (c < 0x100)
        strbuf_addf(sb, "\\x%02x", c);
    else if (c < 0x10000)
        strbuf_addf(sb, "\\u%04x", c);
    else
        strbuf_addf(sb, "\\U%08x", c);
}

static bool is_printable(uint32_t c)
{
    return c >= 0x20 && c != 0x7F && !(c >= 0x80 && c <= 0xA0) && c != 0xAD &&
           !(c >= 0x2000 && c <= 0x200F) && !(c >= 0x2028 && c <= 0x202F) &&
           c != 0x3000 && c != 0xFEFF;
}

static void quote(const char *text, size_t length, bool ascii,
                  struct strbuf *sb)
{
    bool apostrophe = memchr(text, '\'', length) != NULL;
    bool quotation = memchr(text, '"', length) != NULL;
    char mark = apostrophe && !quotation ? '"' : '\'';

    strbuf_addc(sb, mark);
    for (size_t i = 0; i < length;) {
        uint32_t c;
        int used = utf8_decode(text + i, length - i, &c);
        if (!used) {
            c = (unsigned char)text[i];
            used = 1;
        }
        if (c == (uint32_t)mark || c == '\\')
            strbuf_addf(sb, "\\%c", (int)c);
        else if (c == '\n')
            strbuf_adds(sb, "\\n");
        else if (c == '\t')
            strbuf_adds(sb, "\\t");
        else if (c == '\r')
            strbuf_adds(sb, "\\r");
        else if (!is_printable(c) || (ascii && c >= 0x80))
            escape_code_point(c, sb);
        else
            strbuf_add(sb, text + i, (size_t)used);
        i += (size_t)used;
    }
    strbuf_addc(sb, mark);
}

void string_repr(const char *text, size_t length, struct strbuf *sb)
{
    quote(text, length, false, sb);
}

void value_ascii(struct value value, struct strbuf *sb)
{
    struct strbuf plain = STRBUF_INIT;
    if (value.kind == VALUE_STRING) {
        quote(value.string->text, value.string->length, true, sb);
        return;
    }
    value_repr(value, &plain);
    for (size_t i = 0; i < plain.length;) {
        uint32_t c;
        int used = utf8_decode(plain.text + i, plain.length - i, &c);
        if (used > 1)
            escape_code_point(c, sb);
        else
            strbuf_addc(sb, plain.text[i]);
        i += used ? (size_t)used : 1;
    }
    strbuf_done(&plain);
}

/* ------------------------------------------------------------ containers */

static void repr_sequence(struct value value, struct strbuf *sb)
{
    const struct sequence *sequence = value.sequence;
    bool tuple = value.kind == VALUE_TUPLE;
    strbuf_addc(sb, tuple ? '(' : '[');
    for (size_t i = 0; i < sequence->count; i++) {
        if (i)
            strbuf_adds(sb, ", ");
        value_repr(sequence->items[i], sb);
    }
    if (tuple && sequence->count == 1)
        strbuf_addc(sb, ',');
    strbuf_addc(sb, tuple ? ')' : ']');
}

static void repr_pairs(const struct dict *dict, struct strbuf *sb)
{
    struct value key, value;
    bool first = true;
    strbuf_addc(sb, '{');
    for (size_t i = 0; dict_next(dict, &i, &key, &value);) {
        if (!first)
            strbuf_adds(sb, ", ");
        first = false;
        value_repr(key, sb);
        strbuf_adds(sb, ": ");
        value_repr(value, sb);
    }
    strbuf_addc(sb, '}');
}

/* Counter({'l': 2, 'h': 1}): the largest counts first */
static void repr_counter(struct value counter, struct strbuf *sb)
{
    struct interp *interp = interp_current();
    struct error err = ERROR_INIT;
    struct value pairs, sorted = value_dict();
    if (interp && counter_pairs(interp, counter, &pairs, &err)) {
        dict_merge(interp, sorted.dict, pairs, &err);
        value_unref(pairs);
    }
    error_clear(&err);
    strbuf_adds(sb, "Counter(");
    if (counter.dict->count)
        repr_pairs(sorted.dict, sb);
    strbuf_addc(sb, ')');
    value_unref(sorted);
}

static void repr_dict(struct value value, struct strbuf *sb)
{
    const struct dict *dict = value.dict;
    if (dict->variant == DICT_COUNTER) {
        repr_counter(value, sb);
        return;
    }
    if (dict->variant == DICT_DEFAULT) {
        strbuf_adds(sb, "defaultdict(");
        value_repr(dict->factory.kind == VALUE_UNDEFINED ? value_none()
                                                         : dict->factory,
                   sb);
        strbuf_adds(sb, ", ");
    }
    repr_pairs(dict, sb);
    if (dict->variant == DICT_DEFAULT)
        strbuf_addc(sb, ')');
}

static void repr_set(struct value value, struct strbuf *sb)
{
    struct value key;
    bool first = true, frozen = value.kind == VALUE_FROZENSET;
    if (value.set->count == 0) {
        strbuf_addf(sb, "%s()", value_type_name(value));
        return;
    }
    strbuf_adds(sb, frozen ? "frozenset({" : "{");
    for (size_t i = 0; set_next(value.set, &i, &key);) {
        if (!first)
            strbuf_adds(sb, ", ");
        first = false;
        value_repr(key, sb);
    }
    strbuf_adds(sb, frozen ? "})" : "}");
}

/* dict_keys(['a', 'b']) */
static void repr_view(const struct view *view, struct strbuf *sb)
{
    struct value key, value, list = value_list(0, NULL);
    for (size_t i = 0; dict_next(view->dict.dict, &i, &key, &value);) {
        struct value item = view_item(view, key, value);
        list_append(list.sequence, item);
        value_unref(item);
    }
    strbuf_addf(sb, "%s(", view_name(view));
    repr_sequence(list, sb);
    strbuf_addc(sb, ')');
    value_unref(list);
}

static const char *repr_of_itself(struct value value)
{
    switch ((enum value_kind)value.kind) {
    case VALUE_DICT:
        return "{...}";
    case VALUE_TUPLE:
        return "(...)";
    case VALUE_LIST:
        return "[...]";
    default:
        return "...";
    }
}

static void repr_container(struct value value, struct strbuf *sb)
{
    if (already_printing(value.object)) {
        strbuf_adds(sb, repr_of_itself(value));
        return;
    }
    struct printing here = {value.object, printing,
                            printing ? printing->depth + 1 : 0};
    printing = &here;
    if (value.kind == VALUE_DICT)
        repr_dict(value, sb);
    else if (value_is_set(value))
        repr_set(value, sb);
    else if (value.kind == VALUE_VIEW)
        repr_view(value.view, sb);
    else
        repr_sequence(value, sb);
    printing = here.outer;
}

static void repr_bytes(const struct string *bytes, struct strbuf *sb)
{
    bool apostrophe = memchr(bytes->text, '\'', bytes->length) != NULL;
    bool quotation = memchr(bytes->text, '"', bytes->length) != NULL;
    char mark = apostrophe && !quotation ? '"' : '\'';
    strbuf_addc(sb, 'b');
    strbuf_addc(sb, mark);
    for (size_t i = 0; i < bytes->length; i++) {
        unsigned char c = (unsigned char)bytes->text[i];
        if (c == (unsigned char)mark || c == '\\')
            strbuf_addf(sb, "\\%c", c);
        else if (c == '\n' || c == '\t' || c == '\r')
            strbuf_adds(sb, c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r");
        else if (c < 0x20 || c >= 0x7F)
            strbuf_addf(sb, "\\x%02x", c);
        else
            strbuf_addc(sb, (char)c);
    }
    strbuf_addc(sb, mark);
}

static void repr_range(const struct range *range, struct strbuf *sb)
{
    strbuf_addf(sb, "range(%" PRId64 ", %" PRId64, range->start, range->stop);
    if (range->step != 1)
        strbuf_addf(sb, ", %" PRId64, range->step);
    strbuf_addc(sb, ')');
}

static void repr_slice(const struct slice *slice, struct strbuf *sb)
{
    strbuf_adds(sb, "slice(");
    value_repr(slice->start, sb);
    strbuf_adds(sb, ", ");
    value_repr(slice->stop, sb);
    strbuf_adds(sb, ", ");
    value_repr(slice->step, sb);
    strbuf_addc(sb, ')');
}

/* --------------------------------------------------------------- objects */

/* false when there is no such method.  One that fails adds nothing. */
static bool repr_by_method(struct value value, const char *name,
                           struct strbuf *sb)
{
    struct interp *interp = interp_current();
    struct error err = ERROR_INIT;
    struct value result;
    bool found = false;
    if (!interp || !value_has_special(value, name))
        return false;
    if (!value_call_special(interp, value, name, 0, NULL, &found, &result,
                            &err)) {
        interp_defer(interp, &err);
        return true;
    }
    if (result.kind == VALUE_STRING) {
        strbuf_add(sb, result.string->text, result.string->length);
    } else {
        error_set(&err, ERROR_TYPE, "%s returned non-string (type %s)", name,
                  value_type_name(result));
        interp_defer(interp, &err);
    }
    value_unref(result);
    return true;
}

static void repr_exception(const struct instance *exception, struct strbuf *sb)
{
    const struct value args = exception->args;
    strbuf_adds(sb, exception->class->name);
    if (args.kind == VALUE_TUPLE && args.sequence->count == 1) {
        strbuf_addc(sb, '(');
        value_repr(args.sequence->items[0], sb);
        strbuf_addc(sb, ')');
    } else if (args.kind == VALUE_TUPLE) {
        value_repr(args, sb);
    } else {
        strbuf_adds(sb, "()");
    }
}

static void str_exception(const struct instance *exception, struct strbuf *sb)
{
    const struct value args = exception->args;
    if (args.kind != VALUE_TUPLE || args.sequence->count == 0)
        return;
    if (args.sequence->count > 1)
        value_repr(args, sb);
    else if (exception->class->kind == ERROR_KEY)
        value_repr(args.sequence->items[0], sb);
    else
        value_str(args.sequence->items[0], sb);
}

static void repr_callable(struct value value, struct strbuf *sb)
{
    switch ((enum value_kind)value.kind) {
    case VALUE_FUNCTION:
        strbuf_addf(sb, "<function %s at %p>", value.function->code->name,
                    (void *)value.function);
        return;
    case VALUE_NATIVE:
        if (value.native->type)
            strbuf_addf(sb, "<%s '%s'>", value.native->type,
                        value.native->name);
        else if (value.native->makes && value.native->makes->class_of)
            strbuf_addf(sb, "<class '%s'>", value.native->name);
        else
            strbuf_addf(sb, "<built-in function %s>", value.native->name);
        return;
    default: {
        const struct value function = value.method->function;
        if (function.kind == VALUE_NATIVE) {
            strbuf_addf(sb, "<built-in method %s of %s object at %p>",
                        function.native->name,
                        value_type_name(value.method->self),
                        (void *)value.method->self.object);
            return;
        }
        strbuf_addf(
            sb, "<bound method %s.%s of ", value_type_name(value.method->self),
            function.kind == VALUE_FUNCTION ? function.function->code->name
                                            : "?");
        value_repr(value.method->self, sb);
        strbuf_addc(sb, '>');
    }
    }
}

/* "__main__.Dog", but "ValueError" */
static void add_class_name(const struct class *class, struct strbuf *sb)
{
    const struct value *module = namespace_get(&class->names, "__module__");
    if (module && module->kind == VALUE_STRING)
        strbuf_addf(sb, "%s.", module->string->text);
    strbuf_adds(sb, class->name);
}

void object_repr(struct value value, bool str, struct strbuf *sb)
{
    struct value plain = value_plain(value);
    if (value.kind == VALUE_EXCEPTION && str) {
        str_exception(value.instance, sb);
    } else if (value.kind == VALUE_EXCEPTION) {
        repr_exception(value.instance, sb);
    } else if (str && value_has_special(value, "__repr__")) {
        value_repr(value, sb);
    } else if (plain.kind != value.kind && str) {
        value_str(plain, sb);
    } else if (plain.kind != value.kind) {
        bool set = value_is_set(plain);
        if (set)
            strbuf_addf(sb, "%s(", value.instance->class->name);
        value_repr(plain, sb);
        if (set)
            strbuf_addc(sb, ')');
    } else {
        strbuf_addc(sb, '<');
        add_class_name(value.instance->class, sb);
        strbuf_addf(sb, " object at %p>", (void *)value.instance);
    }
}

static void repr_object(struct value value, struct strbuf *sb)
{
    switch ((enum value_kind)value.kind) {
    case VALUE_CLASS:
        if (repr_by_method(value, "__repr__", sb))
            return;
        strbuf_adds(sb, "<class '");
        add_class_name(value.class, sb);
        strbuf_adds(sb, "'>");
        return;
    case VALUE_INSTANCE:
    case VALUE_EXCEPTION:
        if (!repr_by_method(value, "__repr__", sb))
            object_repr(value, false, sb);
        return;
    case VALUE_MODULE:
        strbuf_addf(sb, "<module '%s'>", value.module->name);
        return;
    case VALUE_ITERATOR:
        strbuf_addf(sb, "<%s object at %p>", value.iterator->type->name,
                    (void *)value.iterator);
        return;
    default:
        if (value.opaque->type->repr)
            value.opaque->type->repr(value.opaque->data, sb);
        else
            strbuf_addf(sb, "<%s object at %p>", value.opaque->type->name,
                        (void *)value.opaque);
    }
}

void value_repr(struct value value, struct strbuf *sb)
{
    switch ((enum value_kind)value.kind) {
    case VALUE_UNDEFINED:
    case VALUE_KIND_COUNT:
        strbuf_adds(sb, "<undefined>");
        return;
    case VALUE_NONE:
        strbuf_adds(sb, "None");
        return;
    case VALUE_BOOL:
        strbuf_adds(sb, value.i ? "True" : "False");
        return;
    case VALUE_INT:
        strbuf_addf(sb, "%" PRId64, value.i);
        return;
    case VALUE_FLOAT:
        double_repr(value.f, sb);
        return;
    case VALUE_SCALAR:
        scalar_repr(value_get_scalar(value), sb);
        return;
    case VALUE_DTYPE:
        strbuf_addf(sb, "dtype('%s')", dtype_name((enum dtype)value.dtype));
        return;
    case VALUE_ELLIPSIS:
        strbuf_adds(sb, "Ellipsis");
        return;
    case VALUE_NOT_IMPLEMENTED:
        strbuf_adds(sb, "NotImplemented");
        return;
    case VALUE_STRING:
        quote(value.string->text, value.string->length, false, sb);
        return;
    case VALUE_BYTES:
        repr_bytes(value.string, sb);
        return;
    case VALUE_TUPLE:
    case VALUE_LIST:
    case VALUE_DICT:
    case VALUE_SET:
    case VALUE_FROZENSET:
    case VALUE_VIEW:
        repr_container(value, sb);
        return;
    case VALUE_RANGE:
        repr_range(value.range, sb);
        return;
    case VALUE_SLICE:
        repr_slice(value.slice, sb);
        return;
    case VALUE_TENSOR:
        tensor_repr(value.tensor, sb);
        return;
    case VALUE_FUNCTION:
    case VALUE_NATIVE:
    case VALUE_METHOD:
        repr_callable(value, sb);
        return;
    case VALUE_CLASS:
    case VALUE_INSTANCE:
    case VALUE_EXCEPTION:
    case VALUE_MODULE:
    case VALUE_ITERATOR:
    case VALUE_OPAQUE:
        repr_object(value, sb);
        return;
    }
}

void value_str(struct value value, struct strbuf *sb)
{
    switch ((enum value_kind)value.kind) {
    case VALUE_OPAQUE:
        if (value.opaque->type->str)
            value.opaque->type->str(value.opaque->data, sb);
        else
            value_repr(value, sb);
        return;
    case VALUE_STRING:
        strbuf_add(sb, value.string->text, value.string->length);
        return;
    case VALUE_TENSOR:
        tensor_str(value.tensor, sb);
        return;
    case VALUE_DTYPE:
        strbuf_adds(sb, dtype_name((enum dtype)value.dtype));
        return;
    case VALUE_EXCEPTION:
    case VALUE_INSTANCE:
        if (!repr_by_method(value, "__str__", sb))
            object_repr(value, true, sb);
        return;
    default:
        value_repr(value, sb);
        return;
    }
}
