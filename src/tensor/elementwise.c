/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/elementwise.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/strmap.h"
#include "tensor/cast.h"

/* ------------------------------------------------------------- registry */

static struct strmap by_name;
static pthread_once_t registered = PTHREAD_ONCE_INIT;

static void register_all(void)
{
    static const struct ufunc *const families[] = {
        arithmetic_ufuncs, comparison_ufuncs, integer_ufuncs, math_ufuncs,
        neural_ufuncs};

    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        for (const struct ufunc *u = families[i]; u->name; u++)
            strmap_set(&by_name, u->name, (void *)u);
}

__attribute__((destructor)) static void forget_all(void)
{
    strmap_done(&by_name);
}

const struct ufunc *ufunc_find(const char *name)
{
    pthread_once(&registered, register_all);
    return strmap_get(&by_name, name);
}

/* ---------------------------------------------------------------- types */

/* 0 bool, 1 integer, 2 float: NumPy's categories for value-based casting. */
static int category(enum dtype dtype)
{
    return dtype_is_float(dtype) ? 2 : dtype != DTYPE_BOOL;
}

/* Do 0-d operands count by value rather than by dtype?  When there are arrays
   beside them, of no lower category. */
static bool by_value(int count, struct tensor *const *operands)
{
    int arrays = -1, scalars = -1;

    for (int i = 0; i < count; i++) {
        int *highest = operands[i]->ndim ? &arrays : &scalars;
        if (category(operands[i]->dtype) > *highest)
            *highest = category(operands[i]->dtype);
    }
    return scalars >= 0 && arrays >= scalars;
}

/* The smallest type of the value; for a small positive integer *ALSO is the
   signed type of the same size that holds it as well. */
static enum dtype value_dtype(const struct tensor *operand, enum dtype *also)
{
    static const enum dtype signed_types[DTYPE_COUNT] = {
        [DTYPE_UINT8] = DTYPE_INT8,
        [DTYPE_UINT16] = DTYPE_INT16,
        [DTYPE_UINT32] = DTYPE_INT32,
        [DTYPE_UINT64] = DTYPE_INT64,
    };
    struct scalar value = tensor_item(operand);
    enum dtype smallest = scalar_min_dtype(value);

    *also = smallest;
    if (dtype_kind(smallest) == 'u' &&
        !(value.u >> (8 * dtype_size(smallest) - 1)))
        *also = signed_types[smallest];
    return smallest;
}

static bool can_take(const struct tensor *operand, bool valued,
                     enum dtype target)
{
    enum dtype also;

    if (!valued || operand->ndim)
        return dtype_can_cast_safe(operand->dtype, target);
    enum dtype smallest = value_dtype(operand, &also);
    return dtype_can_cast_safe(smallest, target) ||
           dtype_can_cast_safe(also, target);
}

/* The type both convert to; a small one (as value_dtype() has it) is signed
   beside a signed one. */
static enum dtype promote_valued(enum dtype a, enum dtype a_also, enum dtype b,
                                 enum dtype b_also)
{
    if (dtype_kind(a) == 'i' || dtype_is_float(a))
        return dtype_promote(a, b_also);
    if (dtype_kind(b) == 'i' || dtype_is_float(b))
        return dtype_promote(a_also, b);
    return dtype_promote(a, b);
}

enum dtype tensor_result_type(int count, struct tensor *const *operands)
{
    bool valued = by_value(count, operands);
    enum dtype result = operands[0]->dtype, also = result;

    for (int i = 0; i < count; i++) {
        enum dtype type = operands[i]->dtype, type_also = type;
        if (valued && !operands[i]->ndim)
            type = value_dtype(operands[i], &type_also);
        enum dtype both =
            i ? promote_valued(result, also, type, type_also) : type;
        also = i ? dtype_promote(also, type_also) : type_also;
        also = dtype_size(also) > dtype_size(both) ? both : also;
        result = both;
    }
    return result;
}

/* Does NumPy promote the types of this one's inputs at once?  The loops of the
   others are tried one after the other, so that beside 256 an array of uint8
   comes to int16, whose loop is before that of uint16. */
static bool promotes_at_once(const struct ufunc *ufunc)
{
    static const char *const names[] = {"add",     "subtract", "multiply",
                                        "maximum", "minimum",  "fmax",
                                        "fmin",    "gcd",      "lcm"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(ufunc->name, names[i]))
            return true;
    return false;
}

static const char *class_of(enum dtype dtype)
{
    return dtype == DTYPE_BOOL ? "bool_" : dtype_name(dtype);
}

/* There is no loop for INPUTS, or (WANTED not DTYPE_COUNT) none that gives
   that. */
static const void *no_loop(const struct ufunc *ufunc,
                           struct tensor *const *inputs, enum dtype wanted,
                           struct error *err)
{
    char result[48] = "None";

    if (!promotes_at_once(ufunc) && wanted != DTYPE_COUNT)
        return error_null(err, ERROR_TYPE,
                          "No loop matching the specified signature and "
                          "casting was found for ufunc %s",
                          ufunc->name);
    if (!promotes_at_once(ufunc))
        return error_null(
            err, ERROR_TYPE,
            "ufunc '%s' not supported for the input types, and the inputs "
            "could not be safely coerced to any supported types according to "
            "the casting rule ''safe''",
            ufunc->name);
    if (wanted != DTYPE_COUNT)
        snprintf(result, sizeof result, "<class 'numpy.dtype[%s]'>",
                 class_of(wanted));
    return error_null(err, ERROR_TYPE,
                      "ufunc '%s' did not contain a loop with signature "
                      "matching types (<class 'numpy.dtype[%s]'>, <class "
                      "'numpy.dtype[%s]'>) -> %s",
                      ufunc->name, class_of(inputs[0]->dtype),
                      class_of(inputs[1]->dtype), result);
}

static bool cannot_cast_input(const struct ufunc *ufunc, int k, enum dtype from,
                              enum dtype to, enum casting casting,
                              struct error *err)
{
    char which[24] = "";

    if (ufunc->inputs > 1)
        snprintf(which, sizeof which, "%d ", k);
    return error_set(err, ERROR_TYPE,
                     "Cannot cast ufunc '%s' input %sfrom dtype('%s') to "
                     "dtype('%s') with casting rule '%s'",
                     ufunc->name, which, dtype_name(from), dtype_name(to),
                     casting_name(casting));
}

bool tensor_can_cast(const struct tensor *operand, enum dtype to,
                     enum casting casting)
{
    enum dtype also;

    if (dtype_can_cast(operand->dtype, to, casting))
        return true;
    if (operand->ndim ||
        (casting < CASTING_SAFE && dtype_is_float(operand->dtype)))
        return false;
    enum dtype smallest = value_dtype(operand, &also);
    return dtype_can_cast(smallest, to, casting) ||
           dtype_can_cast(also, to, casting);
}

/* Questions that NumPy has a loop for whatever the types; here these are
   converted, which no one sees. */
static bool has_all_loops(const struct ufunc *ufunc)
{
    return !strncmp(ufunc->name, "logical_", 8) ||
           !strncmp(ufunc->name, "is", 2);
}

static bool check_casting(const struct ufunc *ufunc,
                          struct tensor *const *inputs, enum dtype to,
                          enum casting casting, struct error *err)
{
    if (has_all_loops(ufunc))
        return true;
    for (int k = 0; k < ufunc->inputs; k++)
        if (!tensor_can_cast(inputs[k], to, casting))
            return cannot_cast_input(ufunc, k, inputs[k]->dtype, to, casting,
                                     err);
    return true;
}

/* The loop whose result has this dtype: RESOLVED, the one of the inputs, if
   it has. */
static const struct ufunc_loop *loop_of_dtype(const struct ufunc *ufunc,
                                              const struct ufunc_loop *resolved,
                                              struct tensor *const *inputs,
                                              enum dtype dtype,
                                              struct error *err)
{
    if (resolved && resolved->out == dtype)
        return resolved;
    for (int i = 0; i < ufunc->loop_count; i++)
        if (ufunc->loops[i].out == dtype &&
            ufunc->loops[i].accepts == ufunc->loops[i].in)
            return &ufunc->loops[i];
    return no_loop(ufunc, inputs, dtype, err);
}

static const struct ufunc_loop *loop_of_inputs(const struct ufunc *ufunc,
                                               struct tensor *const *inputs)
{
    bool valued = by_value(ufunc->inputs, inputs);

    for (int i = 0; i < ufunc->loop_count; i++) {
        const struct ufunc_loop *loop = &ufunc->loops[i];
        bool fits = true;
        for (int k = 0; k < ufunc->inputs && fits; k++)
            fits = can_take(inputs[k], valued, loop->accepts);
        if (fits && valued && dtype_kind(loop->accepts) == 'i' &&
            promotes_at_once(ufunc))
            fits = loop->accepts ==
                   tensor_result_type(ufunc->inputs, inputs);
        if (fits)
            return loop;
    }
    return NULL;
}

const struct ufunc_loop *ufunc_resolve(const struct ufunc *ufunc,
                                       struct tensor *const *inputs,
                                       enum dtype dtype, enum casting casting,
                                       struct error *err)
{
    if (ufunc->refusal && (dtype == DTYPE_COUNT || dtype == DTYPE_BOOL) &&
        ((inputs[0]->dtype == DTYPE_BOOL &&
          inputs[ufunc->inputs - 1]->dtype == DTYPE_BOOL) ||
         dtype == DTYPE_BOOL))
        return error_null(err, ERROR_TYPE, "%s", ufunc->refusal);
    const struct ufunc_loop *loop = loop_of_inputs(ufunc, inputs);
    if (dtype != DTYPE_COUNT)
        loop = loop_of_dtype(ufunc, loop, inputs, dtype, err);
    else if (!loop)
        return no_loop(ufunc, inputs, DTYPE_COUNT, err);
    if (!loop || (dtype == DTYPE_COUNT && casting >= CASTING_SAME_KIND) ||
        check_casting(ufunc, inputs, loop->in, casting, err))
        return loop;
    return NULL;
}

/* ------------------------------------------------------------------ run */

enum { MAX_INPUTS = 2, BUFFER = 1024 };

/* What a piece of the loop needs to know. */
struct job {
    const struct ufunc *ufunc;
    const struct ufunc_loop *loop;
    kernel *to_in[MAX_INPUTS]; /* NULL: already of the right dtype */
    kernel *from_out;
    bool masked; /* the operand after the result picks elements */
    int64_t in_size, out_size;
};

/* The kernel on N elements as they lie, events noted. */
static void run_plain(const struct job *job, int64_t n, char *const *data,
                      const int64_t *strides)
{
    if (job->ufunc->silent) {
        job->loop->kernel(n, data, strides, NULL);
        return;
    }
    fp_events_begin();
    job->loop->kernel(n, data, strides, NULL);
    fp_events_end(job->ufunc->name);
}

/* At most BUFFER elements, converted on the way in and out. */
static void run_converted(const struct job *job, int64_t n, char *const *data,
                          const int64_t *strides)
{
    _Alignas(64) char in[MAX_INPUTS][BUFFER * 8];
    _Alignas(64) char out[BUFFER * 8];
    int count = job->ufunc->inputs;
    char *piece[MAX_INPUTS + 1];
    int64_t steps[MAX_INPUTS + 1];

    for (int k = 0; k < count; k++) {
        piece[k] = data[k];
        steps[k] = strides[k];
        if (!job->to_in[k])
            continue;
        char *const pair[2] = {data[k], in[k]};
        const int64_t pair_strides[2] = {strides[k], job->in_size};
        job->to_in[k](n, pair, pair_strides, NULL);
        piece[k] = in[k];
        steps[k] = job->in_size;
    }
    piece[count] = job->from_out ? out : data[count];
    steps[count] = job->from_out ? job->out_size : strides[count];
    run_plain(job, n, piece, steps);
    if (job->from_out) {
        char *const pair[2] = {out, data[count]};
        const int64_t pair_strides[2] = {job->out_size, strides[count]};
        fp_events_begin();
        job->from_out(n, pair, pair_strides, NULL);
        if (!job->ufunc->silent)
            fp_events_end(job->ufunc->name);
    }
}

/* The runs of elements that the mask picks; the others are not computed, so
   that they give no events. */
static void run_picked(const struct job *job, int64_t n, char *const *data,
                       const int64_t *strides)
{
    int operands = job->ufunc->inputs + 1;
    const char *mask = data[operands];
    int64_t step = strides[operands];

    for (int64_t i = 0, end; i < n; i = end) {
        char *at[MAX_INPUTS + 1];
        bool picked = mask[i * step];
        for (end = i + 1; end < n && !mask[end * step] == !picked; end++)
            continue;
        for (int k = 0; k < operands; k++)
            at[k] = data[k] + i * strides[k];
        if (picked)
            run_converted(job, end - i, at, strides);
    }
}

static void run_piece(int64_t n, char *const *data, const int64_t *strides,
                      const void *context)
{
    const struct job *job = context;
    int operands = job->ufunc->inputs + 1 + job->masked;
    bool plain = !job->from_out && !job->masked;

    for (int k = 0; k < job->ufunc->inputs; k++)
        plain = plain && !job->to_in[k];
    if (plain) {
        run_plain(job, n, data, strides);
        return;
    }
    for (int64_t done = 0; done < n; done += BUFFER) {
        char *at[MAX_INPUTS + 2];
        for (int k = 0; k < operands; k++)
            at[k] = data[k] + done * strides[k];
        (job->masked ? run_picked : run_converted)(
            job, n - done < BUFFER ? n - done : BUFFER, at, strides);
    }
}

static struct job job_for(const struct ufunc *ufunc,
                          const struct ufunc_loop *loop,
                          struct tensor *const *inputs,
                          const struct tensor *out, bool masked)
{
    struct job job = {.ufunc = ufunc,
                      .loop = loop,
                      .masked = masked,
                      .in_size = (int64_t)dtype_size(loop->in),
                      .out_size = (int64_t)dtype_size(loop->out)};

    for (int k = 0; k < ufunc->inputs; k++)
        if (inputs[k]->dtype != loop->in)
            job.to_in[k] = cast_kernel(inputs[k]->dtype, loop->in);
    if (out->dtype != loop->out)
        job.from_out = cast_kernel(loop->out, out->dtype);
    return job;
}

/* Can OUT hold a result of this dtype?  Its shape is looked at later. */
static bool check_out(const struct ufunc *ufunc, enum dtype computed,
                      const struct ufunc_options *options, struct error *err)
{
    const struct tensor *out = options->out;
    enum casting casting = options->casting;
    char which[16] = "";

    if (options->output)
        snprintf(which, sizeof which, "%d ", options->output);
    if (out->readonly)
        return error_set(err, ERROR_VALUE, "output array is read-only");
    if (!dtype_can_cast(computed, out->dtype, casting))
        return error_set(err, ERROR_TYPE,
                         "Cannot cast ufunc '%s' output %sfrom dtype('%s') to "
                         "dtype('%s') with casting rule '%s'",
                         ufunc->name, which, dtype_name(computed),
                         dtype_name(out->dtype), casting_name(casting));
    return true;
}

/* OUT takes part in broadcasting, but cannot be repeated itself. */
static bool check_out_shape(const struct tensor *out, int ndim,
                            const int64_t *shape, struct error *err)
{
    if (out->ndim == ndim &&
        (!ndim || !memcmp(out->shape, shape, (size_t)ndim * sizeof *shape)))
        return true;
    struct strbuf wanted = STRBUF_INIT, given = STRBUF_INIT;
    shape_format_tight(&wanted, ndim, shape);
    shape_format_tight(&given, out->ndim, out->shape);
    error_set(err, ERROR_VALUE,
              "non-broadcastable output operand with shape %s doesn't match "
              "the broadcast shape %s",
              given.text, wanted.text);
    strbuf_done(&wanted);
    strbuf_done(&given);
    return false;
}

/* Does writing OUT while reading INPUT go wrong?  Not when both walk the same
   elements in the same order. */
static bool clashes(const struct tensor *out, const struct tensor *input)
{
    if (!tensor_may_share_memory(out, input))
        return false;
    size_t bytes = (size_t)out->ndim * sizeof *out->strides;
    return out->data != input->data || out->ndim != input->ndim ||
           memcmp(out->strides, input->strides, bytes) ||
           memcmp(out->shape, input->shape, bytes) ||
           out->dtype != input->dtype;
}

/* INPUT as the loop gets it, owned: a copy where OUT would overwrite it; a
   single element in the loop's dtype, so that it need not be converted again
   for every piece. */
static struct tensor *prepare_input(const struct ufunc *ufunc,
                                    struct tensor *input, enum dtype dtype,
                                    const struct tensor *out, struct error *err)
{
    if (input->size == 1 && input->dtype != dtype) {
        fp_events_begin();
        struct tensor *typed = tensor_astype(input, dtype, err);
        if (!ufunc->silent)
            fp_events_end(ufunc->name);
        return typed;
    }
    return out && clashes(out, input) ? tensor_copy(input, err)
                                      : tensor_ref(input);
}

static bool prepare_inputs(const struct ufunc *ufunc,
                           struct tensor *const *inputs, enum dtype dtype,
                           const struct tensor *out, struct tensor **ret,
                           struct error *err)
{
    for (int k = 0; k < ufunc->inputs; k++) {
        ret[k] = prepare_input(ufunc, inputs[k], dtype, out, err);
        if (ret[k])
            continue;
        while (k-- > 0)
            tensor_unref(ret[k]);
        return false;
    }
    return true;
}

static bool run(const struct ufunc *ufunc, const struct ufunc_loop *loop,
                struct tensor *const *inputs, struct tensor *out,
                struct tensor *where, struct error *err)
{
    struct tensor *operands[MAX_INPUTS + 2];
    int count = ufunc->inputs;
    struct loop walk;
    struct job job = job_for(ufunc, loop, inputs, out, where != NULL);

    for (int k = 0; k < count; k++)
        operands[k] = inputs[k];
    operands[count] = out;
    if (where)
        operands[count + 1] = where;
    loop_init(&walk, count + 1 + (where != NULL), operands, out->ndim,
              out->shape);
    loop_tile(&walk);
    return loop_run(&walk, run_piece, &job, true, err);
}

/* The shape that inputs, out and where have in common. */
static bool common_shape(const struct ufunc *ufunc,
                         struct tensor *const *inputs,
                         const struct ufunc_options *options, int *ret_ndim,
                         int64_t *ret_shape, struct error *err)
{
    struct tensor *operands[MAX_INPUTS + 2];
    int count = ufunc->inputs;

    for (int k = 0; k < count; k++)
        operands[k] = inputs[k];
    if (options->out)
        operands[count++] = options->out;
    if (options->where)
        operands[count++] = options->where;
    return tensor_broadcast_shapes(count, operands, ret_ndim, ret_shape, err) &&
           (!options->out ||
            check_out_shape(options->out, *ret_ndim, ret_shape, err));
}

static bool has_elements(int ndim, const int64_t *shape)
{
    for (int i = 0; i < ndim; i++)
        if (shape[i] == 0)
            return false;
    return true;
}

struct tensor *ufunc_call_with(const struct ufunc *ufunc,
                               struct tensor *const *inputs,
                               const struct ufunc_options *options,
                               struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    struct tensor *safe[MAX_INPUTS], *out = options->out;
    int ndim, count = ufunc->inputs;
    const struct ufunc_loop *loop =
        ufunc_resolve(ufunc, inputs, options->dtype, options->casting, err);

    if (!loop ||
        (out && !check_out(ufunc, loop->out, options, err)) ||
        !common_shape(ufunc, inputs, options, &ndim, shape, err) ||
        (ufunc->check && has_elements(ndim, shape) &&
         !ufunc->check(inputs, loop->in, err)) ||
        !prepare_inputs(ufunc, inputs, loop->in, out, safe, err))
        return NULL;
    struct tensor *result = out ? tensor_ref(out)
                            : options->where
                                ? tensor_zeros(loop->out, ndim, shape, err)
                                : tensor_new(loop->out, ndim, shape, err);
    if (result && !run(ufunc, loop, safe, result, options->where, err)) {
        tensor_unref(result);
        result = NULL;
    }
    for (int k = 0; k < count; k++)
        tensor_unref(safe[k]);
    return result;
}

struct tensor *ufunc_call(const struct ufunc *ufunc,
                          struct tensor *const *inputs, struct tensor *out,
                          struct tensor *where, enum dtype dtype,
                          struct error *err)
{
    struct ufunc_options options = UFUNC_PLAIN;

    options.out = out;
    options.where = where;
    options.dtype = dtype;
    return ufunc_call_with(ufunc, inputs, &options, err);
}
