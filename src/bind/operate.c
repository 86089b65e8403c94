/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/operate.h"

#include <string.h>

#include "autograd/tape.h"
#include "base/utf8.h"
#include "bind/eager.h"
#include "bind/hints.h"
#include "bind/op_call.h"
#include "bind/warnings.h"
#include "ops/registry.h"

static const char *const op_names[OPERATOR_COUNT] = {
    [OPERATOR_ADD] = "add",
    [OPERATOR_SUBTRACT] = "subtract",
    [OPERATOR_MULTIPLY] = "multiply",
    [OPERATOR_DIVIDE] = "divide",
    [OPERATOR_FLOOR_DIVIDE] = "floor_divide",
    [OPERATOR_REMAINDER] = "remainder",
    [OPERATOR_POWER] = "power",
    [OPERATOR_MATMUL] = "matmul",
    [OPERATOR_AND] = "bitwise_and",
    [OPERATOR_OR] = "bitwise_or",
    [OPERATOR_XOR] = "bitwise_xor",
    [OPERATOR_LEFT_SHIFT] = "left_shift",
    [OPERATOR_RIGHT_SHIFT] = "right_shift",
    [OPERATOR_EQUAL] = "equal",
    [OPERATOR_NOT_EQUAL] = "not_equal",
    [OPERATOR_LESS] = "less",
    [OPERATOR_LESS_EQUAL] = "less_equal",
    [OPERATOR_GREATER] = "greater",
    [OPERATOR_GREATER_EQUAL] = "greater_equal",
    [OPERATOR_NEGATIVE] = "negative",
    [OPERATOR_POSITIVE] = "positive",
    [OPERATOR_INVERT] = "invert",
    [OPERATOR_ABSOLUTE] = "absolute",
};

static const struct op *op_for(enum operator operator)
{
    static const struct op *found[OPERATOR_COUNT];

    if (!found[operator])
        found[operator] = op_find("np", op_names[operator], OP_FUNCTION);
    return found[operator];
}

static bool is_comparison(enum operator operator)
{
    return operator >= OPERATOR_EQUAL && operator <= OPERATOR_GREATER_EQUAL;
}

/* No element is None, so that x == None has the shape of x. */
static bool compare_none(enum operator operator, struct value array,
                         struct value *ret, struct error *err)
{
    struct tensor *tensor = array.tensor;
    struct tensor *result =
        tensor_new(DTYPE_BOOL, tensor->ndim, tensor->shape, err);
    if (!result)
        return false;
    memset(result->data, operator == OPERATOR_NOT_EQUAL, (size_t)result->size);
    *ret = value_tensor_or_scalar_take(result);
    return true;
}

/* The type of an operand as NumPy's arrays have it. */
static void describe_operand(struct value value, struct strbuf *sb)
{
    if (value.kind == VALUE_STRING) {
        size_t length = utf8_count(value.string->text, value.string->length);
        strbuf_addf(sb, "dtype('<U%zu')", length ? length : 1);
    } else {
        strbuf_addf(sb, "dtype('%s')",
                    dtype_name(value.kind == VALUE_TENSOR ? value.tensor->dtype
                                                          : value.dtype));
    }
}

/* A string would be an array of strings. */
static bool no_loop_for_strings(enum operator operator, struct value a,
                                struct value b, struct error *err)
{
    struct strbuf types = STRBUF_INIT;

    if (operator != OPERATOR_ADD && operator != OPERATOR_SUBTRACT &&
        operator != OPERATOR_MULTIPLY && operator != OPERATOR_MATMUL)
        return error_set(err, ERROR_TYPE,
                         "ufunc '%s' not supported for the input types, and "
                         "the inputs could not be safely coerced to any "
                         "supported types according to the casting rule "
                         "''safe''",
                         op_names[operator]);
    describe_operand(a, &types);
    strbuf_adds(&types, ", ");
    describe_operand(b, &types);
    error_set(err, ERROR_TYPE,
              "ufunc '%s' did not contain a loop with signature matching types "
              "(%s) -> None",
              op_names[operator], types.text);
    strbuf_done(&types);
    return false;
}

/* An operand that cannot be an array: a string, None, an object. */
static bool refuse(enum operator operator, struct value a, struct value b,
                   struct value *ret, struct error *err)
{
    if (err->kind == ERROR_MEMORY || err->kind == ERROR_KEYBOARD_INTERRUPT)
        return false;
    if (operator == OPERATOR_EQUAL || operator == OPERATOR_NOT_EQUAL) {
        error_clear(err);
        if (a.kind == VALUE_TENSOR && b.kind == VALUE_NONE)
            return compare_none(operator, a, ret, err);
        if (b.kind == VALUE_TENSOR && a.kind == VALUE_NONE)
            return compare_none(operator, b, ret, err);
        *ret = value_bool(operator == OPERATOR_NOT_EQUAL);
        return true;
    }
    if (is_comparison(operator))
        return error_set(err, ERROR_TYPE,
                         "'%s' not supported between instances of '%s' and "
                         "'%s'",
                         operator_text(operator), value_type_name(a),
                         value_type_name(b));
    if ((a.kind == VALUE_STRING && b.kind == VALUE_TENSOR) ||
        (b.kind == VALUE_STRING && value_is_numpy(a)))
        return no_loop_for_strings(operator, a, b, err);
    return error_set(err, ERROR_TYPE,
                     "unsupported operand type(s) for %s: '%s' and '%s'",
                     operator_text(operator), value_type_name(a),
                     value_type_name(b));
}

/* Does the exact result of two integers differ from RESULT, to which it was
   cut?  Numbers warn of that, arrays do not. */
static bool overflowed(enum operator operator, const struct arg * args,
                       struct scalar result)
{
    __int128 operands[2] = {0, 0}, exact;

    if (!dtype_is_integer(result.dtype))
        return false;
    for (int i = 0; i < 2 && args[i].given; i++) {
        struct scalar operand = tensor_item(args[i].tensor);
        operands[i] =
            dtype_kind(operand.dtype) == 'u' ? (__int128)operand.u : operand.i;
    }
    switch (operator) {
    case OPERATOR_ADD:
        exact = operands[0] + operands[1];
        break;
    case OPERATOR_SUBTRACT:
        exact = operands[0] - operands[1];
        break;
    case OPERATOR_MULTIPLY:
        exact = operands[0] * operands[1];
        break;
    case OPERATOR_NEGATIVE:
        exact = -operands[0];
        break;
    case OPERATOR_ABSOLUTE:
        exact = operands[0] < 0 ? -operands[0] : operands[0];
        break;
    default:
        return false;
    }
    return exact !=
           (dtype_kind(result.dtype) == 'u' ? (__int128)result.u : result.i);
}

/* SCALAR: neither operand is an array. */
static bool compute(const struct op *op, enum operator operator, bool scalar,
                    struct arg *args, struct value *ret, struct error *err)
{
    struct op_result result = {.form = RESULT_NONE};

    fp_events_forget();
    if (!tape_call(op, args, &result, err)) {
        op_result_done(&result);
        hint_for_op(op, args, err);
        return false;
    }
    if (scalar && result.tensor &&
        overflowed(operator, args, tensor_item(result.tensor)))
        fp_event_add(FP_OVERFLOW, op->name);
    if (!warn_of_events(scalar, err)) {
        op_result_done(&result);
        return false;
    }
    *ret = op_result_value(&result);
    return true;
}

/* A dtype equals its names and types: x.dtype == np.float32 == 'float32'. */
static bool compare_dtypes(enum operator operator, struct value a,
                           struct value b, struct value *ret,
                           struct error *err)
{
    struct error own = ERROR_INIT;
    enum dtype left, right;

    if (operator != OPERATOR_EQUAL && operator != OPERATOR_NOT_EQUAL)
        return refuse(operator, a, b, ret, err);
    bool equal = dtype_convert(a, &left, &own) &&
                 dtype_convert(b, &right, &own) && left == right;
    error_clear(&own);
    *ret = value_bool(equal == (operator == OPERATOR_EQUAL));
    return true;
}

/* x += y where a tape knows one of the two: x is another array then. */
static bool keeps_old(const struct tensor *a, const struct tensor *b)
{
    return tape_is_recording() &&
           (tape_tracks(a) || (b && tape_tracks(b)));
}

/* Python's numbers have no width beside TensorFlow's tensors: they take the
   other operand's. */
static struct tensor *operand_tensor(struct value value, struct value other,
                                     struct error *err)
{
    bool plain = value.kind >= VALUE_BOOL && value.kind <= VALUE_FLOAT;
    struct value array = value_array(other);
    enum dtype dtype = DTYPE_COUNT;
    if (plain && other.kind == VALUE_OPAQUE && array.kind == VALUE_TENSOR &&
        dtype_is_float(array.tensor->dtype))
        dtype = array.tensor->dtype;
    return value_to_tensor(value, dtype, err);
}

/* Is it computed by NumPy's numbers themselves?  Not when both have to be
   converted first, nor for Python's alone: that is left to arrays. */
static bool is_scalar_math(struct value a, struct value b,
                           const struct arg *args)
{
    const struct value operands[2] = {a, b};

    if (a.kind == VALUE_TENSOR || b.kind == VALUE_TENSOR ||
        (a.kind == VALUE_SCALAR && a.dtype == DTYPE_BOOL))
        return false;
    if (!args[1].given)
        return true;
    enum dtype common = dtype_promote(args[0].tensor->dtype,
                                      args[1].tensor->dtype);
    for (int i = 0; i < 2; i++)
        if (operands[i].kind == VALUE_SCALAR && common != DTYPE_BOOL &&
            args[i].tensor->dtype == common)
            return true;
    return false;
}

/* The other function that a power of an array is, or NULL.  In place an
   array of integers is squared also by 2.0. */
static const struct op *power_function(struct value base,
                                       const struct arg *args)
{
    const struct tensor *a = args[0].tensor, *exponent = args[1].tensor;
    bool in_place = args[2].given;
    static const struct {
        double exponent;
        const char *name;
    } powers[] = {{1, "positive"},
                  {-1, "reciprocal"},
                  {0.5, "sqrt"},
                  {2, "square"}};

    if (base.kind != VALUE_TENSOR || exponent->ndim ||
        exponent->dtype == DTYPE_BOOL)
        return NULL;
    double wanted = scalar_to_double(tensor_item(exponent));
    if (!dtype_is_float(a->dtype) &&
        (wanted != 2 || (dtype_is_float(exponent->dtype) && !in_place)))
        return NULL;
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++)
        if (powers[i].exponent == wanted)
            return op_find("np", powers[i].name, OP_FUNCTION);
    return NULL;
}

/* OTHER computes it, and tapes write down the power that was asked for. */
static bool compute_recorded(const struct op *other, struct arg *unary,
                             const struct arg *args, struct value *ret,
                             struct error *err)
{
    struct op_result result = {.form = RESULT_NONE};

    fp_events_forget();
    if (!other->forward(other, unary, &result, err) ||
        !warn_of_events(false, err)) {
        op_result_done(&result);
        return false;
    }
    tape_record(op_for(OPERATOR_POWER), args, 1, &result.tensor);
    *ret = op_result_value(&result);
    return true;
}

/* ARGS are the two operands and out. */
static bool raise_to_power(bool scalar, struct value base, struct arg *args,
                           struct value *ret, struct error *err)
{
    const struct op *other = power_function(base, args);
    struct arg unary[5] = {args[0], args[2]};

    if (!other)
        return compute(op_for(OPERATOR_POWER), OPERATOR_POWER, scalar, args,
                       ret, err);
    return keeps_old(args[0].tensor, args[1].tensor)
               ? compute_recorded(other, unary, args, ret, err)
               : compute(other, OPERATOR_POWER, scalar, unary, ret, err);
}

static bool operate_arrays(enum operator operator, struct value a,
                           struct value b, struct tensor *out,
                           struct value *ret, struct error *err)
{
    bool unary = operator >= OPERATOR_NEGATIVE;
    struct arg args[6] = {{.given = true}, {.given = !unary}};
    int out_place = unary ? 1 : 2;

    args[0].tensor = operand_tensor(a, b, err);
    if (!args[0].tensor)
        return refuse(operator, a, b, ret, err);
    if (!unary) {
        args[1].tensor = operand_tensor(b, a, err);
        if (!args[1].tensor) {
            tensor_unref(args[0].tensor);
            return refuse(operator, a, b, ret, err);
        }
    }
    if (out && !keeps_old(args[0].tensor, args[1].tensor)) {
        args[out_place].given = true;
        args[out_place].tensor = out;
    }
    bool scalar = is_scalar_math(a, b, args);
    if (operator == OPERATOR_POSITIVE &&
        args[0].tensor->dtype == DTYPE_BOOL && a.kind == VALUE_TENSOR) {
        /* NumPy has no loop for it, but still copies. */
        struct tensor *copy = tensor_copy(args[0].tensor, err);
        tensor_unref(args[0].tensor);
        if (copy)
            *ret = value_tensor_or_scalar_take(copy);
        return copy != NULL;
    }
    bool done = operator == OPERATOR_POWER
                    ? raise_to_power(scalar, a, args, ret, err)
                    : compute(op_for(operator), operator, scalar, args, ret,
                              err);
    tensor_unref(args[0].tensor);
    if (!unary)
        tensor_unref(args[1].tensor);
    return done;
}

bool array_operate(struct interp *interp, enum operator operator,
                   struct value a, struct value b, struct tensor *out,
                   struct value *ret, struct error *err)
{
    (void)interp;
    if (a.kind == VALUE_DTYPE || b.kind == VALUE_DTYPE)
        return compare_dtypes(operator, a, b, ret, err);
    if (!operate_arrays(operator, a, b, out, ret, err))
        return false;
    if (a.kind == VALUE_OPAQUE || b.kind == VALUE_OPAQUE)
        return eager_wrap(ret, err);
    return true;
}
