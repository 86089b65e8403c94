/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table row of an operation, from which everything follows: the name at
 * the prompt, keyword checking, help, completion, the man page, the test of
 * its example and (where it has a vjp) of its gradient.
 *
 * An op knows tensors and plain C values; the language's values are turned
 * into struct arg by bind.
 */
#ifndef AUTOGRAD_OP_H
#define AUTOGRAD_OP_H

#include "tensor/index.h"

enum param_kind {
    PARAM_TENSOR,  /* an array, a number, or nested lists of numbers */
    PARAM_TENSORS, /* a sequence of those */
    PARAM_INT,
    PARAM_FLOAT,
    PARAM_BOOL,
    PARAM_STRING,
    PARAM_DTYPE,
    PARAM_DIMS,   /* an int or a sequence of ints: a shape, axes, sections */
    PARAM_INDEX,  /* a slice, or what gives an array */
    PARAM_SCALAR, /* one number of any dtype: a fill value */
    PARAM_CHOICE, /* a number or one of a few words: ord=2, ord='fro' */
    PARAM_INDICES, /* rows that are not called by name: x[…], */
    PARAM_OBJECT,  /* and a layer with what it keeps for the way back */
    PARAM_ANY     /* natives only: the language's value as it is */
};

enum param_flags {
    PARAM_KEYWORD_ONLY = 1,
    /* The method form also takes it spread out: x.reshape(2, 3), and the
       function form too: np.random.rand(2, 3).  Last positional only. */
    PARAM_SPREAD = 2,
    PARAM_POSITIONAL_ONLY = 4,
    /* Takes all further positional arguments, be it one or none:
       np.einsum('ij,jk', a, b).  Last positional only. */
    PARAM_STAR = 8,
    PARAM_WRITTEN = 16, /* an array that is changed in place; lists are not */
    PARAM_OR_STRING = 32, /* arrays: a string is taken, too, as arg.text */
    PARAM_OR_ONE = 64,    /* several arrays: a number counts as one of them */
    PARAM_OR_NONE = 128,  /* required, but may be None: "not given" */
    PARAM_NOT_NONE = 256  /* None is no way to ask for the default */
};

struct param {
    const char *name; /* NULL ends a list */
    enum param_kind kind;
    unsigned flags;
    /* The default as the signature shows it ("None", "0", "True", "'C'",
       "<no value>"); NULL: required.  "None" leaves the arg not given. */
    const char *fallback;
};

/* One bound argument.  Borrowed by the op. */
struct arg {
    bool given; /* false: left out without a default, or None */
    bool array;  /* arrays: it was one, neither a number nor a list */
    bool np_scalar; /* arrays: it was one of NumPy's numbers */
    const char *text; /* PARAM_OR_STRING: the string, instead of the array */
    union {
        struct tensor *tensor;
        struct {
            int count;
            struct tensor **items;
        } tensors;
        int64_t integer;
        double number;
        bool flag;
        const char *string;
        enum dtype dtype;
        struct {
            int count;
            bool scalar; /* a lone int, not a sequence of one */
            int64_t *values;
        } dims;
        struct scalar scalar;
        struct {
            const char *word; /* NULL: a number */
            double number;
        } choice;
        struct index index; /* INDEX_SLICE or INDEX_ARRAY */
        struct {
            int count;
            struct index *items;
        } indices;
        struct {
            void *data;
            void (*ref)(void *data);
            void (*unref)(void *data);
        } object;
    };
};

enum result_form {
    RESULT_TENSOR, /* tensor; a 0-d one becomes a NumPy scalar */
    RESULT_ARRAY,  /* tensor; a 0-d one stays array(…) */
    RESULT_TUPLE,  /* items; 0-d ones become NumPy scalars */
    RESULT_NESTED, /* tensor; becomes lists of Python's numbers */
    RESULT_LIST,   /* items; 0-d ones stay arrays */
    RESULT_INT,    /* integer */
    RESULT_FLOAT,  /* number */
    RESULT_BOOL,   /* integer */
    RESULT_DIMS,   /* dims: a tuple of ints */
    RESULT_STRING, /* string */
    RESULT_DTYPE,  /* dtype */
    RESULT_SCALAR, /* scalar: a Python number (item()) */
    RESULT_NONE
};

/* What forward() leaves; all of it owned by the caller (op_result_done). */
struct op_result {
    enum result_form form;
    struct tensor *tensor;
    int count; /* of items or dims */
    struct tensor **items;
    int64_t *dims;
    int64_t integer;
    double number;
    char *string;
    enum dtype dtype;
    struct scalar scalar;
    /* A warning to give besides, or NULL: static text with its category,
       "RuntimeWarning: Mean of empty slice". */
    const char *warning;
    const char *second_warning; /* given after it */
};

struct op;

/* ARGS has one element for each param, in order. */
typedef bool op_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err);

/*
 * What a vector-Jacobian product is asked: the gradient L of some scalar with
 * respect to RESULT has come as GRADIENT; what is it with respect to X?
 *
 * The answer is a tensor made by the functions of ops/vjp.h (they go through
 * the tape, which gives second derivatives, and they own what they return),
 * shaped as X or, for operands that were broadcast, as the broadcast shape:
 * the tape sums it.  NULL with an empty ERR: L does not depend on X.
 */
struct vjp {
    const struct op *op;
    const struct arg *args;
    int operand; /* which of the tensors among args, in order; those of a
                    PARAM_TENSORS count one by one */
    struct tensor *x;        /* that tensor */
    struct tensor *result;   /* what forward() gave, */
    int output;              /* and which of it, when that is several; */
    struct tensor *const *results; /* all of them */
    struct tensor *gradient; /* shaped as result */
    struct error *err;

    /* owned on the vjp's behalf, until it has been answered */
    size_t kept_count, kept_capacity;
    struct tensor **kept;
};
typedef struct tensor *op_vjp(struct vjp *vjp);

enum op_flags {
    OP_FUNCTION = 1, /* np.sum(x) */
    OP_METHOD = 2,   /* x.sum(): the first parameter is x */
    OP_PROPERTY = 4, /* x.T */
    OP_GENERATOR = 8 /* a method of np.random.default_rng()'s objects; the
                        module is "rng" */
};

struct op {
    const char *name;
    const char *aliases; /* other names, separated by spaces, or NULL */
    const char *module;  /* "np", "np.random", "np.linalg" */
    unsigned flags;
    const struct param *params; /* ended by a NULL name */
    op_forward *forward;
    op_vjp *vjp;         /* NULL: not differentiable */
    const void *data;    /* what a shared forward needs, e.g. "add" */
    const char *doc;     /* one line, no full stop */
    const char *details; /* paragraphs, or NULL */
    /* Lines as at the prompt: ">>> " what is typed, then what it prints.
       Runs in the tests, here and in NumPy. */
    const char *example;
    const char *see_also; /* names separated by spaces, or NULL */
};

int op_param_count(const struct op *op);

/* Fills ARG from PARAM's fallback; false when it has none. */
bool param_default(const struct param *param, struct arg *arg);

/* "sum(a, axis=None, dtype=None, keepdims=False)" */
void params_format(struct strbuf *sb, const char *name,
                   const struct param *params);

void op_result_done(struct op_result *result);

/* Shorthands for forward functions: hand over TENSOR (owned; NULL means that
   ERR is filled) in the given form. */
bool op_return_tensor(struct op_result *ret, struct tensor *tensor);
bool op_return_array(struct op_result *ret, struct tensor *tensor);
/* The same through the parameter out: TENSOR is copied into it when given. */
bool op_return_into(struct op_result *ret, struct tensor *tensor,
                    const struct arg *out, struct error *err);
/* Several, as a tuple; the first COUNT of ITEMS are owned, and all there. */
bool op_return_tuple(struct op_result *ret, int count,
                     struct tensor *const *items);
bool op_return_int(struct op_result *ret, int64_t value);
bool op_return_none(struct op_result *ret);

#endif
