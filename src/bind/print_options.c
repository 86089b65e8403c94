/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/print_options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/natives.h"
#include "lang/interp.h"
#include "tensor/format.h"

/* --------------------------------------------------------------- formatter */

enum { BOOLS, INTS, FLOATS, FORMATTERS };

/* Functions of the learner's, one a kind of element; borrowed. */
struct formatters {
    struct interp *interp;
    struct value functions[FORMATTERS]; /* None: ours */
};

/* The session's, from set_printoptions(formatter=…), and the dict or None
   that holds them. */
static struct formatters session_formatters;
static struct value session_dict = {.kind = VALUE_NONE};
static struct module *owner; /* numpy: its _formatter keeps the dict alive */

static void call_function(const struct formatters *formatters, int which,
                          struct scalar element, struct strbuf *sb)
{
    struct value argument = value_scalar(element), text;
    struct call_args args = {.count = 1, .values = &argument};

    struct error err = ERROR_INIT;
    bool good =
        interp_call(formatters->interp, formatters->functions[which], &args,
                    &text, &err);

    if (good && text.kind == VALUE_STRING)
        strbuf_add(sb, text.string->text, text.string->length);
    else if (good)
        error_set(&err, ERROR_TYPE,
                  _("a formatter has to return a string, not %s"),
                  value_type_name(text));
    if (good)
        value_unref(text);
    if (err.kind != ERROR_NONE)
        interp_defer(formatters->interp, &err);
}

static void format_element(const struct element_formatter *formatter,
                           struct scalar element, struct strbuf *sb)
{
    char kind = dtype_kind(element.dtype);
    call_function(formatter->context,
                  kind == 'b'   ? BOOLS
                  : kind == 'f' ? FLOATS
                                : INTS,
                  element, sb);
}

/* formatter={'float': f}: KEY to the kinds it is for. */
static unsigned kinds_of(const char *key)
{
    static const struct {
        const char *key;
        unsigned kinds;
    } keys[] = {{"all", 1 << BOOLS | 1 << INTS | 1 << FLOATS},
                {"bool", 1 << BOOLS},
                {"int", 1 << INTS},
                {"int_kind", 1 << INTS},
                {"float", 1 << FLOATS},
                {"float_kind", 1 << FLOATS}};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!strcmp(keys[i].key, key))
            return keys[i].kinds;
    return 0; /* of dtypes that we have not */
}

static bool fill_formatters(struct interp *interp, struct value dict,
                            struct formatters *formatters, struct error *err)
{
    struct value key, function;

    *formatters = (struct formatters){.interp = interp};
    for (int i = 0; i < FORMATTERS; i++)
        formatters->functions[i] = value_none();
    if (dict.kind == VALUE_NONE || dict.kind == VALUE_UNDEFINED)
        return true;
    if (dict.kind != VALUE_DICT)
        return error_set(err, ERROR_TYPE,
                         _("formatter must be a dict of functions, not %s"),
                         value_type_name(dict));
    for (size_t i = 0; dict_next(dict.dict, &i, &key, &function);) {
        unsigned kinds =
            key.kind == VALUE_STRING ? kinds_of(key.string->text) : 0;
        for (int k = 0; k < FORMATTERS; k++)
            if (kinds >> k & 1)
                formatters->functions[k] = function;
    }
    return true;
}

static void use_formatters(struct formatters *formatters,
                           struct print_options *options)
{
    struct element_formatter *slots[] = {&options->of_bool, &options->of_int,
                                         &options->of_float};

    for (int i = 0; i < FORMATTERS; i++) {
        bool given = formatters->functions[i].kind != VALUE_NONE &&
                     formatters->functions[i].kind != VALUE_UNDEFINED;
        *slots[i] = given
                        ? (struct element_formatter){format_element, formatters}
                        : (struct element_formatter){NULL, NULL};
    }
}

/* DICT is the session's formatter from now on. */
static bool install_formatter(struct interp *interp, struct value dict,
                              struct print_options *options, struct error *err)
{
    struct formatters formatters;

    if (!fill_formatters(interp, dict, &formatters, err))
        return false;
    session_formatters = formatters;
    session_dict = dict.kind == VALUE_DICT ? dict : value_none();
    module_set(owner, "_formatter", session_dict);
    use_formatters(&session_formatters, options);
    return true;
}

/* ----------------------------------------------------------------- options */

/* In the order of set_printoptions. */
enum {
    PRECISION,
    THRESHOLD,
    EDGEITEMS,
    LINEWIDTH,
    SUPPRESS,
    NANSTR,
    INFSTR,
    FORMATTER,
    SIGN,
    FLOATMODE,
    LEGACY,
    OPTIONS
};

static const struct param options_params[] = {
    {"precision", PARAM_ANY, 0, "None"},
    {"threshold", PARAM_ANY, 0, "None"},
    {"edgeitems", PARAM_ANY, 0, "None"},
    {"linewidth", PARAM_ANY, 0, "None"},
    {"suppress", PARAM_ANY, 0, "None"},
    {"nanstr", PARAM_ANY, 0, "None"},
    {"infstr", PARAM_ANY, 0, "None"},
    {"formatter", PARAM_ANY, 0, "None"},
    {"sign", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"floatmode", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"legacy", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {NULL, 0, 0, NULL}};

bool option_int(struct value slot, const char *name, int64_t low,
                int64_t high, int64_t *number, struct error *err)
{
    if (!slot_given(slot))
        return true;
    if (!value_as_int(slot, number))
        return error_set(err, ERROR_TYPE, "%s must be an integer", name);
    if (*number > high)
        *number = high;
    return *number >= low || error_set(err, ERROR_VALUE, "%s must be >= %lld",
                                       name, (long long)low);
}

/* Also np.inf, for no limit. */
static bool option_threshold(struct value slot, int64_t *number,
                             struct error *err)
{
    double wide;

    if (!slot_given(slot) || value_as_int(slot, number))
        return true;
    if (!value_as_double(slot, &wide))
        return error_set(err, ERROR_TYPE, "threshold must be numeric");
    if (isnan(wide))
        return error_set(err, ERROR_VALUE,
                         "threshold must be non-NAN, try sys.maxsize for "
                         "untruncated representation");
    *number = wide >= 9e18 ? INT64_MAX : (int64_t)wide;
    return true;
}

static bool option_text(struct value slot, const char *name, char ret[16],
                        struct error *err)
{
    if (!slot_given(slot))
        return true;
    if (slot.kind != VALUE_STRING || slot.string->length > 15)
        return error_set(err, ERROR_TYPE, _("%s must be a short string"), name);
    memcpy(ret, slot.string->text, slot.string->length + 1);
    return true;
}

static bool option_floatmode(struct value slot, char ret[16], struct error *err)
{
    static const char *const modes[] = {"fixed", "unique", "maxprec",
                                        "maxprec_equal"};

    if (!slot_given(slot))
        return true;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (slot.kind == VALUE_STRING && !strcmp(slot.string->text, modes[i]))
            return option_text(slot, "floatmode", ret, err);
    return error_set(err, ERROR_VALUE,
                     "floatmode option must be one of \"fixed\", \"unique\", "
                     "\"maxprec\", \"maxprec_equal\"");
}

static bool option_sign(struct value slot, char *ret, struct error *err)
{
    if (!slot_given(slot))
        return true;
    if (slot.kind != VALUE_STRING || slot.string->length != 1 ||
        !strchr("-+ ", slot.string->text[0]))
        return error_set(err, ERROR_VALUE,
                         "sign option must be one of ' ', '+', or '-'");
    *ret = slot.string->text[0];
    return true;
}

static bool refuse_legacy(struct value slot, struct error *err)
{
    if (!slot_given(slot) || (slot.kind == VALUE_BOOL && !slot.b))
        return true;
    return error_set(err, ERROR_NOT_IMPLEMENTED,
                     _("legacy printing of older NumPy is not supported"));
}

/* All but the formatter. */
static bool set_options(const struct value *slots,
                        struct print_options *options, struct error *err)
{
    int64_t precision = options->precision, edgeitems = options->edgeitems;
    int64_t linewidth = options->linewidth;

    if (!refuse_legacy(slots[LEGACY], err) ||
        !option_floatmode(slots[FLOATMODE], options->floatmode, err) ||
        !option_sign(slots[SIGN], &options->sign, err) ||
        !option_threshold(slots[THRESHOLD], &options->threshold, err) ||
        !option_int(slots[PRECISION], "precision", 0, 1000, &precision, err) ||
        !option_int(slots[EDGEITEMS], "edgeitems", 0, 1 << 20, &edgeitems,
                    err) ||
        !option_int(slots[LINEWIDTH], "linewidth", 0, 1 << 20, &linewidth,
                    err) ||
        (slot_given(slots[SUPPRESS]) &&
         !value_truth(slots[SUPPRESS], &options->suppress, err)) ||
        !option_text(slots[NANSTR], "nanstr", options->nanstr, err) ||
        !option_text(slots[INFSTR], "infstr", options->infstr, err))
        return false;
    options->precision = (int)precision;
    options->edgeitems = (int)edgeitems;
    options->linewidth = (int)linewidth;
    return true;
}

NATIVE(set_printoptions_call)
{
    struct value slots[OPTIONS];
    struct print_options options = print_options;

    if (!native_bind(native, args, slots, err) ||
        !set_options(slots, &options, err) ||
        !install_formatter(interp, slots[FORMATTER], &options, err))
        return false;
    print_options = options;
    *ret = value_none();
    return true;
}

static void set_text(struct value dict, const char *key, const char *text)
{
    struct value value = value_string(text);
    dict_set_string(dict.dict, key, value);
    value_unref(value);
}

static struct value options_dict(void)
{
    struct value dict = value_dict();
    char sign[2] = {print_options.sign, '\0'};

    dict_set_string(dict.dict, "edgeitems", value_int(print_options.edgeitems));
    dict_set_string(dict.dict, "threshold", value_int(print_options.threshold));
    set_text(dict, "floatmode", print_options.floatmode);
    dict_set_string(dict.dict, "precision", value_int(print_options.precision));
    dict_set_string(dict.dict, "suppress", value_bool(print_options.suppress));
    dict_set_string(dict.dict, "linewidth", value_int(print_options.linewidth));
    set_text(dict, "nanstr", print_options.nanstr);
    set_text(dict, "infstr", print_options.infstr);
    set_text(dict, "sign", sign);
    dict_set_string(dict.dict, "formatter", session_dict);
    dict_set_string(dict.dict, "legacy", value_bool(false));
    return dict;
}

NATIVE(get_printoptions_call)
{
    (void)interp;
    if (!native_bind(native, args, NULL, err))
        return false;
    *ret = options_dict();
    return true;
}

/* ------------------------------------------------- with np.printoptions(…) */

struct options_block {
    struct value arguments; /* for set_printoptions: a dict */
    struct print_options before;
    struct value formatter_before; /* owned */
};

static const struct native_type block_type;

static void block_free(void *data)
{
    struct options_block *block = data;
    value_unref(block->arguments);
    value_unref(block->formatter_before);
    free(block);
}

NATIVE(block_enter)
{
    struct options_block *block =
        value_opaque_data(args->values[0], &block_type);
    struct value slots[OPTIONS], key, value;
    struct print_options options = print_options;

    (void)native;
    for (int i = 0; i < OPTIONS; i++)
        slots[i] = value_none();
    for (size_t i = 0; dict_next(block->arguments.dict, &i, &key, &value);)
        for (int k = 0; k < OPTIONS; k++)
            if (!strcmp(options_params[k].name, key.string->text))
                slots[k] = value;
    struct print_options before = print_options;
    struct value formatter = value_ref(session_dict);
    if (!set_options(slots, &options, err) ||
        !install_formatter(interp, slots[FORMATTER], &options, err)) {
        value_unref(formatter);
        return false;
    }
    value_unref(block->formatter_before);
    block->before = before;
    block->formatter_before = formatter;
    print_options = options;
    *ret = options_dict();
    return true;
}

NATIVE(block_exit)
{
    struct options_block *block =
        value_opaque_data(args->values[0], &block_type);

    (void)native;
    print_options = block->before;
    *ret = value_none();
    return install_formatter(interp, block->formatter_before, &print_options,
                             err);
}

static struct native block_methods[] = {
    FUNCTION_ROW("__enter__", block_enter, NULL, NULL),
    FUNCTION_ROW("__exit__", block_exit, NULL, NULL),
    {.name = NULL},
};

static bool block_attribute(struct interp *interp, struct value self,
                            const char *name, struct value *ret,
                            struct error *err)
{
    (void)interp;
    return native_method(block_methods, self, name, ret) ||
           error_set(err, ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'",
                     value_type_name(self), name);
}

static const struct native_type block_type = {.name =
                                                  "_GeneratorContextManager",
                                              .free = block_free,
                                              .get_attribute = block_attribute};

NATIVE(printoptions_call)
{
    struct value slots[OPTIONS];

    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct options_block *block = xcalloc(1, sizeof *block);
    block->arguments = value_dict();
    block->formatter_before = value_none();
    for (int i = 0; i < OPTIONS; i++)
        if (slot_given(slots[i]))
            dict_set_string(block->arguments.dict, options_params[i].name,
                            slots[i]);
    *ret = value_opaque(&block_type, block);
    return true;
}

/* ------------------------------------------------------- arrays as strings */

enum { A2S_SEPARATOR = 4, A2S_PREFIX, A2S_FORMATTER = 8, A2S_SUFFIX = 13 };

static const struct param array2string_params[] = {
    {"a", PARAM_ANY, 0, NULL},
    {"max_line_width", PARAM_ANY, 0, "None"},
    {"precision", PARAM_ANY, 0, "None"},
    {"suppress_small", PARAM_ANY, 0, "None"},
    {"separator", PARAM_ANY, 0, "' '"},
    {"prefix", PARAM_ANY, 0, "''"},
    {"style", PARAM_ANY, 0, "<no value>"},
    {"legacy", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"formatter", PARAM_ANY, 0, "None"},
    {"threshold", PARAM_ANY, 0, "None"},
    {"edgeitems", PARAM_ANY, 0, "None"},
    {"sign", PARAM_ANY, 0, "None"},
    {"floatmode", PARAM_ANY, 0, "None"},
    {"suffix", PARAM_ANY, 0, "''"},
    {NULL, 0, 0, NULL}};

static const struct param array_repr_params[] = {
    {"arr", PARAM_ANY, 0, NULL},
    {"max_line_width", PARAM_ANY, 0, "None"},
    {"precision", PARAM_ANY, 0, "None"},
    {"suppress_small", PARAM_ANY, 0, "None"},
    {NULL, 0, 0, NULL}};

static const struct param array_str_params[] = {
    {"a", PARAM_ANY, 0, NULL},
    {"max_line_width", PARAM_ANY, 0, "None"},
    {"precision", PARAM_ANY, 0, "None"},
    {"suppress_small", PARAM_ANY, 0, "None"},
    {NULL, 0, 0, NULL}};

/* The three options that all three functions begin with. */
static void first_options(const struct value *arguments, struct value *slots)
{
    for (int i = 0; i < OPTIONS; i++)
        slots[i] = value_none();
    slots[LINEWIDTH] = arguments[1];
    slots[PRECISION] = arguments[2];
    slots[SUPPRESS] = arguments[3];
}

NATIVE(array2string_call)
{
    struct value given[14], slots[OPTIONS];
    struct print_options options = print_options;
    struct formatters formatters;
    struct strbuf text = STRBUF_INIT;
    const char *strings[3] = {" ", "", ""};
    static const int at[3] = {A2S_SEPARATOR, A2S_PREFIX, A2S_SUFFIX};

    if (!native_bind(native, args, given, err))
        return false;
    if (given[0].kind != VALUE_TENSOR && given[0].kind != VALUE_SCALAR)
        return error_set(err, ERROR_ATTRIBUTE,
                         "'%s' object has no attribute 'shape'",
                         value_type_name(given[0]));
    first_options(given, slots);
    slots[LEGACY] = given[7];
    slots[THRESHOLD] = given[9];
    slots[EDGEITEMS] = given[10];
    slots[SIGN] = given[11];
    slots[FLOATMODE] = given[12];
    for (int i = 0; i < 3; i++) {
        if (!slot_given(given[at[i]]))
            continue;
        if (!(strings[i] = slot_text(given[at[i]])))
            return error_set(err, ERROR_TYPE, "%s must be a string, not %s",
                             native->params[at[i]].name,
                             value_type_name(given[at[i]]));
    }
    if (!set_options(slots, &options, err) ||
        !fill_formatters(interp, given[A2S_FORMATTER], &formatters, err))
        return false;
    if (slot_given(given[A2S_FORMATTER]))
        use_formatters(&formatters, &options);
    struct tensor *tensor = value_to_tensor(given[0], DTYPE_COUNT, err);
    if (!tensor)
        return false;
    tensor_to_string(tensor, &options, strings[0], strings[1], strings[2],
                     &text);
    tensor_unref(tensor);
    *ret = value_string_take(&text);
    if (interp_settle(interp, err))
        return true;
    value_unref(*ret);
    return false;
}

static bool text_of_array(struct interp *interp, const struct native *native,
                          const struct call_args *args, bool repr,
                          struct value *ret, struct error *err)
{
    struct value given[4], slots[OPTIONS];
    struct print_options options = print_options;
    struct strbuf text = STRBUF_INIT;

    if (!native_bind(native, args, given, err))
        return false;
    first_options(given, slots);
    if (!set_options(slots, &options, err))
        return false;
    struct tensor *tensor = value_to_tensor(given[0], DTYPE_COUNT, err);
    if (!tensor)
        return false;
    if (repr)
        tensor_repr_with(tensor, &options, &text);
    else
        tensor_str_with(tensor, &options, &text);
    tensor_unref(tensor);
    *ret = value_string_take(&text);
    if (interp_settle(interp, err))
        return true;
    value_unref(*ret);
    return false;
}

NATIVE(array_repr_call)
{
    return text_of_array(interp, native, args, true, ret, err);
}

NATIVE(array_str_call)
{
    return text_of_array(interp, native, args, false, ret, err);
}

static const struct param no_params[] = {{NULL, 0, 0, NULL}};

static struct native functions[] = {
    FUNCTION_ROW("set_printoptions", set_printoptions_call, options_params,
                 "How arrays are printed from now on"),
    FUNCTION_ROW("get_printoptions", get_printoptions_call, no_params,
                 "How arrays are printed"),
    FUNCTION_ROW("printoptions", printoptions_call, options_params,
                 "How arrays are printed inside a with block"),
    FUNCTION_ROW("array2string", array2string_call, array2string_params,
                 "An array as text, by options of its own"),
    FUNCTION_ROW("array_repr", array_repr_call, array_repr_params,
                 "The text the prompt shows for an array"),
    FUNCTION_ROW("array_str", array_str_call, array_str_params,
                 "The text that print shows for an array"),
    {.name = NULL},
};

void print_options_install(struct module *numpy)
{
    owner = numpy;
    session_dict = value_none();
    natives_add_to_module(functions, numpy);
    natives_add_to_module(float_string_natives, numpy);
}
