/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * np.dot and np.matmul.  Both come down to products of matrices, which are
 * given to BLAS as they lie in memory when one of their axes is contiguous,
 * and are copied otherwise.  Integers are multiplied here.
 */
#include "tensor/product.h"

#include <cblas.h>
#include <string.h>

#include "base/interrupt.h"
#include "tensor/blas.h"
#include "tensor/elementwise.h"
#include "tensor/kernel_loops.h"

/* One matrix by its first element and strides in bytes. */
struct matrix {
    char *data;
    int64_t rows, columns;
    int64_t row_stride, column_stride;
};

/* ------------------------------------------------------------- integers */

#define DEFINE_MULTIPLY(TYPE, type, wide, unused)                              \
    static void multiply_##TYPE(const struct matrix *a,                        \
                                const struct matrix *b,                        \
                                const struct matrix *c)                        \
    {                                                                          \
        for (int64_t i = 0; i < a->rows && !interrupt_pending(); i++) {        \
            wide *out = (wide *)(c->data + i * c->row_stride);                 \
            for (int64_t k = 0; k < a->columns; k++) {                         \
                wide x = *(const wide *)(a->data + i * a->row_stride +         \
                                         k * a->column_stride);                \
                const char *row = b->data + k * b->row_stride;                 \
                for (int64_t j = 0; j < b->columns; j++)                       \
                    out[j] = (wide)(out[j] +                                   \
                                    x * 1u * *(const wide *)(row +             \
                                                  j * b->column_stride));      \
            }                                                                  \
        }                                                                      \
    }
INTEGER_TYPES(DEFINE_MULTIPLY, unused)

/* Of bools: or of ands. */
static void multiply_BOOL(const struct matrix *a, const struct matrix *b,
                          const struct matrix *c)
{
    for (int64_t i = 0; i < a->rows; i++) {
        bool *out = (bool *)(c->data + i * c->row_stride);
        for (int64_t k = 0; k < a->columns; k++) {
            if (!a->data[i * a->row_stride + k * a->column_stride])
                continue;
            for (int64_t j = 0; j < b->columns; j++)
                out[j] |= b->data[k * b->row_stride + j * b->column_stride];
        }
    }
}

/* --------------------------------------------------------------- floats */

/* Can BLAS read it, and how?  One stride has to be one element, the other
   one a positive number of elements not below the row's length. */
static bool layout(const struct matrix *m, int64_t size, CBLAS_TRANSPOSE *turn,
                   int *leading)
{
    bool plain = m->column_stride == size || m->columns == 1;
    int64_t stride = plain ? m->row_stride : m->column_stride;
    int64_t other = plain ? m->columns : m->rows;

    if (!plain && m->row_stride != size && m->rows != 1)
        return false;
    if ((plain ? m->rows : m->columns) == 1)
        stride = other * size;
    if (stride <= 0 || stride % size || stride / size < other ||
        stride / size > INT32_MAX)
        return false;
    *turn = plain ? CblasNoTrans : CblasTrans;
    *leading = (int)(stride / size);
    return true;
}

/* A vector's increment that BLAS takes, or 0. */
static int increment(int64_t stride, int64_t size)
{
    return stride > 0 && stride % size == 0 && stride / size < INT32_MAX
               ? (int)(stride / size)
               : 0;
}

struct gemm {
    CBLAS_TRANSPOSE a_turn, b_turn;
    int lda, ldb;
};

#define DEFINE_GEMM(TYPE, type, wide, letter)                                  \
    static void multiply_##TYPE(const struct matrix *a,                        \
                                const struct matrix *b,                        \
                                const struct matrix *c,                        \
                                const struct gemm *g)                          \
    {                                                                          \
        int m = (int)a->rows, n = (int)b->columns, k = (int)a->columns;        \
        int x = increment(b->row_stride, sizeof(type));                        \
        if (m == 1 && n == 1 && x) {                                           \
            int y = increment(a->column_stride, sizeof(type));                 \
            if (y) {                                                           \
                *(type *)c->data =                                             \
                    cblas_##letter##dot(k, (type *)a->data, y,                 \
                                        (type *)b->data, x);                   \
                return;                                                        \
            }                                                                  \
        }                                                                      \
        if (n == 1 && x) {                                                     \
            bool t = g->a_turn == CblasTrans;                                  \
            cblas_##letter##gemv(CblasRowMajor, g->a_turn, t ? k : m,          \
                                 t ? m : k, 1, (type *)a->data, g->lda,        \
                                 (type *)b->data, x, 0, (type *)c->data,       \
                                 (int)(c->row_stride /                         \
                                       (int64_t)sizeof(type)));                \
            return;                                                            \
        }                                                                      \
        cblas_##letter##gemm(CblasRowMajor, g->a_turn, g->b_turn, m, n, k, 1,  \
                             (type *)a->data, g->lda, (type *)b->data, g->ldb, \
                             0, (type *)c->data,                               \
                             (int)(c->row_stride / (int64_t)sizeof(type)));    \
    }
DEFINE_GEMM(FLOAT32, float, float, s)
DEFINE_GEMM(FLOAT64, double, double, d)

/* M with plain strides: itself, or a copy in *COPY (to unref). */
static bool blas_ready(struct matrix *m, enum dtype dtype,
                       struct storage **copy, CBLAS_TRANSPOSE *turn,
                       int *leading, struct error *err)
{
    int64_t size = (int64_t)dtype_size(dtype);

    if (layout(m, size, turn, leading))
        return true;
    *copy = storage_new(m->rows * m->columns * size, err);
    if (!*copy)
        return false;
    for (int64_t i = 0; i < m->rows; i++)
        for (int64_t j = 0; j < m->columns; j++)
            memcpy((*copy)->bytes + (i * m->columns + j) * size,
                   m->data + i * m->row_stride + j * m->column_stride,
                   (size_t)size);
    m->data = (*copy)->bytes;
    m->row_stride = m->columns * size;
    m->column_stride = size;
    return layout(m, size, turn, leading);
}

/* The rows of C from FIRST on, COUNT of them, and what they come from. */
static void part_of(struct matrix *a, struct matrix *c, int64_t first,
                    int64_t count)
{
    a->data += first * a->row_stride;
    c->data += first * c->row_stride;
    a->rows = c->rows = count;
}

/* Enough multiplications to be worth two threads. */
static const double threaded_work = 1e6;

/* Enough of them that looking for zeros costs nothing beside them. */
static const double sparse_work = 1 << 23;

/* An image of mostly black pixels, say, times a matrix of weights. */
static bool multiply_nonzeros(const struct matrix *a, const struct matrix *b,
                              const struct matrix *c, const struct gemm *g)
{
    bool turned = g->a_turn == CblasTrans;
    bool plain = g->lda == (turned ? a->rows : a->columns) &&
                 g->b_turn == CblasNoTrans && g->ldb == b->columns &&
                 c->row_stride ==
                     c->columns * (int64_t)sizeof(float);
    return plain &&
           product_skip_zeros(turned, a->rows, b->columns, a->columns,
                              (const float *)(const void *)a->data,
                              (const float *)(const void *)b->data,
                              (float *)(void *)c->data);
}

static void multiply_floats(enum dtype dtype, const struct matrix *a,
                            const struct matrix *b, const struct matrix *c,
                            const struct gemm *g)
{
    double work = (double)a->rows * (double)a->columns * (double)b->columns;
    int threads = work < threaded_work ? 1 : blas_threads();

    if (dtype == DTYPE_FLOAT32 && work >= sparse_work &&
        multiply_nonzeros(a, b, c, g))
        return;
    if (a->rows < 2 * threads)
        threads = 1;
#pragma omp parallel num_threads(threads) if (threads > 1)
    {
        struct part part = parallel_part(a->rows, 1);
        struct matrix rows = *a, result = *c;
        part_of(&rows, &result, part.first, part.end - part.first);
        blas_enter();
        if (rows.rows > 0 && dtype == DTYPE_FLOAT32)
            multiply_FLOAT32(&rows, b, &result, g);
        else if (rows.rows > 0)
            multiply_FLOAT64(&rows, b, &result, g);
        blas_leave();
    }
}

static bool multiply_by_blas(enum dtype dtype, struct matrix a,
                             struct matrix b, const struct matrix *c,
                             struct error *err)
{
    struct storage *copies[2] = {NULL, NULL};
    struct gemm g;

    if (a.rows > INT32_MAX || a.columns > INT32_MAX || b.columns > INT32_MAX)
        return error_set(err, ERROR_VALUE,
                         "a matrix side is over %d, more than BLAS takes",
                         INT32_MAX);
    bool ready =
        blas_ready(&a, dtype, &copies[0], &g.a_turn, &g.lda, err) &&
        blas_ready(&b, dtype, &copies[1], &g.b_turn, &g.ldb, err);
    if (ready) {
        blas_threads();
        multiply_floats(dtype, &a, &b, c, &g);
    }
    storage_unref(copies[0]);
    storage_unref(copies[1]);
    return ready;
}

/* C = A B; C is row-major and zeroed. */
static bool multiply(enum dtype dtype, const struct matrix *a,
                     const struct matrix *b, const struct matrix *c,
                     struct error *err)
{
#define ENTRY(TYPE, type, wide, unused) [DTYPE_##TYPE] = multiply_##TYPE,
    static void (*const integer[DTYPE_COUNT])(
        const struct matrix *, const struct matrix *, const struct matrix *) = {
        ENTRY(BOOL, , , ) INTEGER_TYPES(ENTRY, unused)};
#undef ENTRY

    if (c->rows == 0 || c->columns == 0 || a->columns == 0)
        return true;
    if (dtype_is_float(dtype))
        return multiply_by_blas(dtype, *a, *b, c, err);
    integer[dtype](a, b, c);
    return interrupt_check(err);
}

bool product_dot(enum dtype dtype, int64_t n, const char *a, const char *b,
                 char *out, struct error *err)
{
    int64_t size = (int64_t)dtype_size(dtype);
    struct matrix row = {(char *)a, 1, n, n * size, size};
    struct matrix column = {(char *)b, n, 1, size, size};
    struct matrix one = {out, 1, 1, size, size};

    memset(out, 0, (size_t)size);
    return multiply(dtype, &row, &column, &one, err);
}

/* -------------------------------------------------------------- operands */

/* A and B in the dtype of their product; owned. */
static bool common_dtype(struct tensor *a, struct tensor *b,
                         struct tensor **ret_a, struct tensor **ret_b,
                         struct error *err)
{
    enum dtype dtype = dtype_promote(a->dtype, b->dtype);

    *ret_a = a->dtype == dtype ? tensor_ref(a) : tensor_astype(a, dtype, err);
    if (!*ret_a)
        return false;
    *ret_b = b->dtype == dtype ? tensor_ref(b) : tensor_astype(b, dtype, err);
    if (*ret_b)
        return true;
    tensor_unref(*ret_a);
    return false;
}

/* The last two axes of T as a matrix; a vector is one row (AS_COLUMN: one
   column). */
static struct matrix last_matrix(const struct tensor *t, bool as_column)
{
    int last = t->ndim - 1;

    if (t->ndim == 1 && as_column)
        return (struct matrix){t->data, t->shape[0], 1, t->strides[0],
                               (int64_t)dtype_size(t->dtype)};
    if (t->ndim == 1)
        return (struct matrix){t->data, 1, t->shape[0],
                               t->shape[0] * (int64_t)dtype_size(t->dtype),
                               t->strides[0]};
    return (struct matrix){t->data, t->shape[last - 1], t->shape[last],
                           t->strides[last - 1], t->strides[last]};
}

/* ------------------------------------------------------------------ dot */

static void *not_aligned(const struct tensor *a, const struct tensor *b,
                         struct error *err)
{
    struct strbuf left = STRBUF_INIT, right = STRBUF_INIT;
    int i = a->ndim - 1, j = b->ndim > 1 ? b->ndim - 2 : 0;

    shape_format_tight(&left, a->ndim, a->shape);
    shape_format_tight(&right, b->ndim, b->shape);
    error_set(err, ERROR_VALUE,
              "shapes %s and %s not aligned: %lld (dim %d) != %lld (dim %d)",
              left.text, right.text, (long long)a->shape[i], i,
              (long long)b->shape[j], j);
    strbuf_done(&left);
    strbuf_done(&right);
    return NULL;
}

static struct tensor *scale(struct tensor *a, struct tensor *b,
                            struct error *err)
{
    struct tensor *inputs[2] = {a, b};
    enum dtype dtype = dtype_promote(a->dtype, b->dtype); /* not by values */
    return ufunc_call(ufunc_find("multiply"), inputs, NULL, NULL, dtype, err);
}

/* A's rows (all axes but the last taken as one) times each matrix of B. */
static bool dot_into(struct tensor *result, struct tensor *a, struct tensor *b,
                     struct error *err)
{
    int64_t size = (int64_t)dtype_size(result->dtype);
    int64_t k = a->shape[a->ndim - 1], flat[2] = {-1, k};
    struct matrix right = last_matrix(b, true);
    int64_t matrices = 1, width = right.columns;

    for (int i = 0; i < b->ndim - 2; i++)
        matrices *= b->shape[i];
    flat[0] = a->ndim ? 1 : 0;
    for (int i = 0; i < a->ndim - 1; i++)
        flat[0] *= a->shape[i];
    struct tensor *rows = tensor_reshape(a, 2, flat, 'C', err);
    struct tensor *stack = rows && b->ndim > 2
                               ? tensor_contiguous(b, b->dtype, err)
                               : tensor_ref(b);
    bool done = rows && stack;
    if (done && b->ndim > 2)
        right = last_matrix(stack, true);
    for (int64_t i = 0; done && i < matrices; i++) {
        struct matrix left = last_matrix(rows, false), one = right;
        one.data += i * right.rows * right.columns * size;
        struct matrix c = {result->data + i * width * size, left.rows, width,
                           matrices * width * size, size};
        done = multiply(result->dtype, &left, &one, &c, err);
    }
    tensor_unref(rows);
    if (stack)
        tensor_unref(stack);
    return done;
}

static struct tensor *dot_aligned(struct tensor *a, struct tensor *b,
                                  struct error *err)
{
    int64_t shape[2 * TENSOR_MAX_DIMS];
    int ndim = 0;

    for (int i = 0; i < a->ndim - 1; i++)
        shape[ndim++] = a->shape[i];
    for (int i = 0; i < b->ndim; i++)
        if (i != b->ndim - 2 && b->ndim > 1)
            shape[ndim++] = b->shape[i];
    struct tensor *result = tensor_zeros(a->dtype, ndim, shape, err);
    if (result && !dot_into(result, a, b, err)) {
        tensor_unref(result);
        return NULL;
    }
    return result;
}

struct tensor *tensor_dot(struct tensor *a, struct tensor *b,
                          struct error *err)
{
    struct tensor *left, *right;

    if (a->ndim == 0 || b->ndim == 0)
        return scale(a, b, err);
    if (a->shape[a->ndim - 1] != b->shape[b->ndim > 1 ? b->ndim - 2 : 0])
        return not_aligned(a, b, err);
    if (!common_dtype(a, b, &left, &right, err))
        return NULL;
    struct tensor *result = dot_aligned(left, right, err);
    tensor_unref(left);
    tensor_unref(right);
    return result;
}

/* --------------------------------------------------------------- matmul */

#define SIGNATURE "(n?,k),(k,m?)->(n?,m?)"

static bool check_matmul(const struct tensor *a, const struct tensor *b,
                         struct error *err)
{
    const struct tensor *operands[2] = {a, b};

    for (int i = 0; i < 2; i++)
        if (operands[i]->ndim == 0)
            return error_set(err, ERROR_VALUE,
                             "matmul: Input operand %d does not have enough "
                             "dimensions (has 0, gufunc core with signature "
                             SIGNATURE " requires 1)",
                             i);
    int64_t k = a->shape[a->ndim - 1];
    int64_t other = b->shape[b->ndim > 1 ? b->ndim - 2 : 0];
    if (k == other)
        return true;
    return error_set(err, ERROR_VALUE,
                     "matmul: Input operand 1 has a mismatch in its core "
                     "dimension 0, with gufunc signature " SIGNATURE
                     " (size %lld is different from %lld)",
                     (long long)other, (long long)k);
}

/* T without its last two axes (or the one of a vector), as a view. */
static struct tensor *stack_of(struct tensor *t)
{
    int ndim = t->ndim > 2 ? t->ndim - 2 : 0;
    return tensor_view(t, ndim, t->shape, t->strides, t->data);
}

static bool multiply_stacks(struct tensor *a, struct tensor *b,
                            struct tensor *result, int stack_ndim,
                            const int64_t *stack_shape, struct error *err)
{
    int64_t size = (int64_t)dtype_size(a->dtype);
    struct matrix left = last_matrix(a, false), right = last_matrix(b, true);
    struct tensor *stacks[2] = {stack_of(a), stack_of(b)};
    struct loop loop;
    bool done = true;

    loop_init_ordered(&loop, 2, stacks, stack_ndim, stack_shape);
    for (int64_t i = 0; done && i < loop.size; i++) {
        int64_t rest = i;
        left.data = a->data;
        right.data = b->data;
        for (int axis = stack_ndim; axis-- > 0;) {
            int64_t at = rest % stack_shape[axis];
            rest /= stack_shape[axis];
            left.data += at * loop.strides[0][axis];
            right.data += at * loop.strides[1][axis];
        }
        struct matrix c = {result->data +
                               i * left.rows * right.columns * size,
                           left.rows, right.columns, right.columns * size,
                           size};
        done = multiply(a->dtype, &left, &right, &c, err);
    }
    tensor_unref(stacks[0]);
    tensor_unref(stacks[1]);
    return done;
}

/* "(2,3,3)->(2,newaxis,newaxis) " */
static void describe_stack(struct strbuf *sb, const struct tensor *t)
{
    shape_format_tight(sb, t->ndim, t->shape);
    strbuf_adds(sb, "->(");
    for (int i = 0; i < t->ndim - 2; i++)
        strbuf_addf(sb, "%lld,", (long long)t->shape[i]);
    strbuf_adds(sb, t->ndim > 1 ? "newaxis,newaxis) " : "newaxis) ");
}

static struct tensor *cannot_stack(const struct tensor *a,
                                   const struct tensor *b, struct error *err)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_adds(&text, "operands could not be broadcast together with "
                       "remapped shapes [original->remapped]: ");
    describe_stack(&text, a);
    describe_stack(&text, b);
    error_set(err, ERROR_VALUE, "%s and requested shape (%lld,%lld)",
              text.text, (long long)a->shape[a->ndim - 2],
              (long long)b->shape[b->ndim - 1]);
    strbuf_done(&text);
    return NULL;
}

static struct tensor *matmul_typed(struct tensor *a, struct tensor *b,
                                   struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS + 2];
    struct tensor *stacks[2] = {stack_of(a), stack_of(b)};
    int stack_ndim;
    bool fits = tensor_broadcast_shapes(2, stacks, &stack_ndim, shape, err);

    tensor_unref(stacks[0]);
    tensor_unref(stacks[1]);
    if (!fits)
        return cannot_stack(a, b, err);
    int ndim = stack_ndim;
    if (a->ndim > 1)
        shape[ndim++] = a->shape[a->ndim - 2];
    if (b->ndim > 1)
        shape[ndim++] = b->shape[b->ndim - 1];
    struct tensor *result = tensor_zeros(a->dtype, ndim, shape, err);
    if (result && !multiply_stacks(a, b, result, stack_ndim, shape, err)) {
        tensor_unref(result);
        return NULL;
    }
    return result;
}

struct tensor *tensor_matmul(struct tensor *a, struct tensor *b,
                             struct error *err)
{
    struct tensor *left, *right;

    if (!check_matmul(a, b, err) || !common_dtype(a, b, &left, &right, err))
        return NULL;
    struct tensor *result = matmul_typed(left, right, err);
    tensor_unref(left);
    tensor_unref(right);
    return result;
}
