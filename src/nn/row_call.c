/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/row_call.h"

#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "autograd/vjp.h"
#include "base/alloc.h"

/* What the way back needs: of a loss or of an activation. */
struct call {
    int refs;
    struct loss loss;
    const struct activation *activation;
    int64_t rows, columns;
    struct tensor *truth; /* of a loss */
    struct tensor *y;     /* a loss's output; what an activation goes back by */
    bool mean;
};

static void call_ref(void *data)
{
    struct call *call = data;
    call->refs++;
}

static void call_unref(void *data)
{
    struct call *call = data;
    if (!call || --call->refs)
        return;
    tensor_unref(call->truth);
    tensor_unref(call->y);
    free(call);
}

static struct call *call_new(const struct tensor *x)
{
    struct call *call = xcalloc(1, sizeof *call);
    call->refs = 1;
    call->columns = x->ndim ? x->shape[x->ndim - 1] : 1;
    call->rows = call->columns ? x->size / call->columns : 0;
    return call;
}

static float *floats(struct tensor *tensor)
{
    return (float *)(void *)tensor->data;
}

/* Is a derivative of the derivative wanted? */
static bool is_watched(const struct vjp *vjp, const char *name)
{
    if (!tape_is_recording() ||
        !(tape_tracks(vjp->gradient) || tape_tracks(vjp->x)))
        return false;
    error_set(vjp->err, ERROR_NOT_IMPLEMENTED,
              "second derivatives do not go through %s", name);
    return true;
}

static const struct param row_params[] = {{"call", PARAM_OBJECT, 0, NULL},
                                          {"x", PARAM_TENSOR, 0, NULL},
                                          {NULL, PARAM_ANY, 0, NULL}};

static void record(const struct op *op, struct call *call, struct tensor *x,
                   struct tensor *y)
{
    if (!tape_is_recording())
        return;
    struct arg args[2] = {
        {.given = true, .object = {call, call_ref, call_unref}},
        {.given = true, .tensor = x}};
    tape_record(op, args, 1, &y);
}

/* ------------------------------------------------------------------ losses */

static struct targets row_targets(const struct call *call, int64_t row)
{
    const void *data = call->truth->data;
    struct targets targets = {0};
    if (call->truth->dtype == DTYPE_INT32)
        targets.labels = (const int32_t *)data + row;
    else
        targets.values = (const float *)data + row * call->columns;
    return targets;
}

static double row_loss(const struct call *call, int64_t row)
{
    struct targets targets = row_targets(call, row);
    return call->loss.type->value(&call->loss, call->columns,
                                  floats(call->y) + row * call->columns,
                                  targets.values,
                                  targets.labels ? *targets.labels : 0);
}

static void row_gradient(const struct call *call, int64_t row, float scale,
                         float *gradient)
{
    struct targets targets = row_targets(call, row);
    call->loss.type->gradient(&call->loss, call->columns,
                              floats(call->y) + row * call->columns,
                              targets.values,
                              targets.labels ? *targets.labels : 0, scale,
                              gradient);
}

static struct tensor *loss_vjp(struct vjp *vjp)
{
    const struct call *call = vjp->args[0].object.data;
    if (is_watched(vjp, call->loss.type->named.name))
        return NULL;
    struct tensor *given =
        tensor_contiguous(vjp->gradient, DTYPE_FLOAT32, vjp->err);
    struct tensor *ret =
        given ? tensor_new(DTYPE_FLOAT32, vjp->x->ndim, vjp->x->shape, vjp->err)
              : NULL;
    for (int64_t i = 0; ret && i < call->rows; i++)
        row_gradient(call, i,
                     call->mean ? *floats(given) / (float)call->rows
                                : floats(given)[i],
                     floats(ret) + i * call->columns);
    tensor_unref(given);
    return vjp_keep(vjp, ret);
}

static const struct op loss_op = {
    .name = "loss", .module = "", .params = row_params, .vjp = loss_vjp};

static void fill_losses(const struct call *call, struct tensor *ret)
{
    double sum = 0.0;
    for (int64_t i = 0; i < call->rows; i++) {
        double loss = row_loss(call, i);
        sum += loss;
        if (!call->mean)
            floats(ret)[i] = (float)loss;
    }
    if (call->mean)
        *floats(ret) = (float)(sum / (double)(call->rows ? call->rows : 1));
}

struct tensor *loss_call(const struct loss *loss, struct tensor *truth,
                         struct tensor *output, bool mean, struct error *err)
{
    struct call *call = call_new(output);
    int ndim = mean || output->ndim == 0 ? 0 : output->ndim - 1;
    struct tensor *ret = tensor_new(DTYPE_FLOAT32, ndim, output->shape, err);
    call->loss = *loss;
    call->mean = mean;
    call->truth = tensor_ref(truth);
    call->y = ret ? tensor_contiguous(output, DTYPE_FLOAT32, err) : NULL;
    if (call->y) {
        fill_losses(call, ret);
        record(&loss_op, call, output, ret);
    } else {
        tensor_unref(ret);
        ret = NULL;
    }
    call_unref(call);
    return ret;
}

/* ------------------------------------------------------------- activations */

static struct tensor *activation_vjp(struct vjp *vjp)
{
    const struct call *call = vjp->args[0].object.data;
    if (is_watched(vjp, call->activation->named.name))
        return NULL;
    struct tensor *ret = tensor_astype(vjp->gradient, DTYPE_FLOAT32, vjp->err);
    struct tensor *own =
        ret ? tensor_contiguous(ret, DTYPE_FLOAT32, vjp->err) : NULL;
    tensor_unref(ret);
    if (own)
        activation_backward(call->activation, call->rows, call->columns,
                            floats(call->y), floats(own));
    return vjp_keep(vjp, own);
}

static const struct op activation_op = {.name = "activation",
                                        .module = "",
                                        .params = row_params,
                                        .vjp = activation_vjp};

struct tensor *activation_call(const struct activation *activation,
                               struct tensor *x, struct error *err)
{
    struct call *call = call_new(x);
    struct tensor *flat = tensor_contiguous(x, DTYPE_FLOAT32, err);
    struct tensor *y = flat ? tensor_copy(flat, err) : NULL;
    int64_t kept = activation_kept(activation, call->rows, call->columns);
    struct tensor *input = y && kept ? tensor_copy(flat, err) : NULL;
    if (kept && !input) {
        tensor_unref(y);
        y = NULL;
    }
    if (y) {
        activation_forward(activation, call->rows, call->columns, NULL,
                           floats(y), input ? floats(input) : NULL);
        call->activation = activation;
        call->y = tensor_ref(input ? input : y);
        record(&activation_op, call, x, y);
    }
    tensor_unref(input);
    tensor_unref(flat);
    call_unref(call);
    return y;
}
