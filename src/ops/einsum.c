/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/einsum.h"

#include "ops/derive.h"
#include "ops/families.h"

static const struct param einsum_params[] = {
    {"subscripts", PARAM_STRING, PARAM_POSITIONAL_ONLY, NULL},
    {"operands", PARAM_TENSORS, PARAM_STAR, NULL},
    {"out", PARAM_TENSOR, PARAM_KEYWORD_ONLY, "None"},
    {"dtype", PARAM_DTYPE, PARAM_KEYWORD_ONLY, "None"},
    {"order", PARAM_STRING, PARAM_KEYWORD_ONLY, "'K'"},
    {"casting", PARAM_STRING, PARAM_KEYWORD_ONLY, "'safe'"},
    {"optimize", PARAM_CHOICE, PARAM_KEYWORD_ONLY, "False"},
    {NULL, 0, 0, NULL}};

static bool einsum_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_into(
        ret,
        tensor_einsum(args[0].string, args[1].tensors.count,
                      args[1].tensors.items,
                      args[3].given ? args[3].dtype : DTYPE_COUNT, err),
        &args[2], err);
}

const struct op einsum_ops[] = {
    {"einsum", NULL, "np", OP_FUNCTION, einsum_params, einsum_forward, einsum_vjp,
     NULL, "Sums of products, written by naming axes",
     "In 'ij,jk->ik' each letter names an axis of an operand, or of the result "
     "behind the arrow. Axes of the same name meet; those that the result does "
     "not name are summed over. Without an arrow the result has the letters "
     "that occur once, in alphabetical order. '...' stands for all other axes, "
     "which broadcast. Operands are multiplied two at a time, in an order that "
     "keeps what is between small, so optimize makes no difference.\n\n"
     "Numbers in lists do as well as letters: "
     "np.einsum(a, [0, 1], b, [1, 2], [0, 2]).",
     ">>> a = np.array([[1, 2], [3, 4]])\n"
     ">>> np.einsum('ij,jk->ik', a, a)\n"
     "array([[ 7, 10],\n       [15, 22]])\n"
     ">>> np.einsum('ii', a)\n5\n"
     ">>> np.einsum('ij->j', a)\narray([4, 6])",
     "matmul tensordot"},
    {.name = NULL},
};
