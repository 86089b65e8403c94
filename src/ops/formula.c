/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/formula.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "tensor/format.h"

enum { MAX_OPERANDS = 3 };

/*
 * In the templates $1, $2, $3 are the operands, $y the result, $G the
 * gradient that has arrived at it, $n how many elements of the operand go into
 * one of the result.
 */
struct formula {
    const char *op;
    enum formula_kind kind;
    /* Where the row holds: "22" for two operands of two axes each, "=2" where
       the second operand is that number, "C" for order='C'; NULL: everywhere.
     */
    const char *where;
    const char *step; /* NULL: written as a call */
    const char *derivatives[MAX_OPERANDS];
};

#define LOCAL FORMULA_LOCAL
#define WHOLE FORMULA_WHOLE
#define WORDS FORMULA_WORDS

static const struct formula rows[] = {
    {"add", LOCAL, NULL, "$1 + $2", {"1", "1"}},
    {"subtract", LOCAL, NULL, "$1 - $2", {"1", "-1"}},
    {"multiply", LOCAL, NULL, "$1 * $2", {"$2", "$1"}},
    {"divide", LOCAL, NULL, "$1 / $2", {"1 / $2", "-$1 / $2 ** 2"}},
    {"power", LOCAL, "=1", "$1 ** $2", {"1", "$y * np.log($1)"}},
    {"power", LOCAL, "=2", "$1 ** $2", {"2 * $1", "$y * np.log($1)"}},
    {"power", LOCAL, "=3", "$1 ** $2", {"3 * $1 ** 2", "$y * np.log($1)"}},
    {"power", LOCAL, "=4", "$1 ** $2", {"4 * $1 ** 3", "$y * np.log($1)"}},
    {"power", LOCAL, "=0.5", "$1 ** $2", {"0.5 / $y", "$y * np.log($1)"}},
    {"power", LOCAL, "=-1", "$1 ** $2", {"-1 / $1 ** 2", "$y * np.log($1)"}},
    {"power",
     LOCAL,
     NULL,
     "$1 ** $2",
     {"$2 * $1 ** ($2 - 1)", "$y * np.log($1)"}},
    {"floor_divide", LOCAL, NULL, "$1 // $2", {"0", "0"}},
    {"remainder", LOCAL, NULL, "$1 % $2", {"1", "-($1 // $2)"}},
    {"negative", LOCAL, NULL, "-$1", {"-1"}},
    {"positive", LOCAL, NULL, "+$1", {"1"}},
    {"absolute", LOCAL, NULL, "abs($1)", {"np.sign($1)"}},
    {"fabs", LOCAL, NULL, NULL, {"np.sign($1)"}},
    {"sign", LOCAL, NULL, NULL, {"0"}},
    {"floor", LOCAL, NULL, NULL, {"0"}},
    {"ceil", LOCAL, NULL, NULL, {"0"}},
    {"trunc", LOCAL, NULL, NULL, {"0"}},
    {"rint", LOCAL, NULL, NULL, {"0"}},
    {"sqrt", LOCAL, NULL, NULL, {"1 / (2 * $y)"}},
    {"square", LOCAL, NULL, NULL, {"2 * $1"}},
    {"cbrt", LOCAL, NULL, NULL, {"1 / (3 * $y ** 2)"}},
    {"reciprocal", LOCAL, NULL, NULL, {"-1 / $1 ** 2"}},
    {"exp", LOCAL, NULL, NULL, {"$y"}},
    {"exp2", LOCAL, NULL, NULL, {"$y * np.log(2)"}},
    {"expm1", LOCAL, NULL, NULL, {"$y + 1"}},
    {"log", LOCAL, NULL, NULL, {"1 / $1"}},
    {"log2", LOCAL, NULL, NULL, {"1 / ($1 * np.log(2))"}},
    {"log10", LOCAL, NULL, NULL, {"1 / ($1 * np.log(10))"}},
    {"log1p", LOCAL, NULL, NULL, {"1 / (1 + $1)"}},
    {"sin", LOCAL, NULL, NULL, {"np.cos($1)"}},
    {"cos", LOCAL, NULL, NULL, {"-np.sin($1)"}},
    {"tan", LOCAL, NULL, NULL, {"1 + $y ** 2"}},
    {"arcsin", LOCAL, NULL, NULL, {"1 / np.sqrt(1 - $1 ** 2)"}},
    {"arccos", LOCAL, NULL, NULL, {"-1 / np.sqrt(1 - $1 ** 2)"}},
    {"arctan", LOCAL, NULL, NULL, {"1 / (1 + $1 ** 2)"}},
    {"arctan2",
     LOCAL,
     NULL,
     NULL,
     {"$2 / ($1 ** 2 + $2 ** 2)", "-$1 / ($1 ** 2 + $2 ** 2)"}},
    {"hypot", LOCAL, NULL, NULL, {"$1 / $y", "$2 / $y"}},
    {"sinh", LOCAL, NULL, NULL, {"np.cosh($1)"}},
    {"cosh", LOCAL, NULL, NULL, {"np.sinh($1)"}},
    {"tanh", LOCAL, NULL, NULL, {"1 - $y ** 2"}},
    {"arcsinh", LOCAL, NULL, NULL, {"1 / np.sqrt($1 ** 2 + 1)"}},
    {"arccosh", LOCAL, NULL, NULL, {"1 / np.sqrt($1 ** 2 - 1)"}},
    {"arctanh", LOCAL, NULL, NULL, {"1 / (1 - $1 ** 2)"}},
    {"degrees", LOCAL, NULL, NULL, {"180 / np.pi"}},
    {"radians", LOCAL, NULL, NULL, {"np.pi / 180"}},
    {"maximum", LOCAL, NULL, NULL, {"$1 > $2", "$1 < $2"}},
    {"minimum", LOCAL, NULL, NULL, {"$1 < $2", "$1 > $2"}},
    {"logaddexp", LOCAL, NULL, NULL, {"np.exp($1 - $y)", "np.exp($2 - $y)"}},
    {"relu", LOCAL, NULL, NULL, {"$1 > 0"}},
    {"sigmoid", LOCAL, NULL, NULL, {"$y * (1 - $y)"}},
    {"silu", LOCAL, NULL, NULL, {"nn.sigmoid($1) * (1 + $1 - $y)"}},
    {"softplus", LOCAL, NULL, NULL, {"nn.sigmoid($1)"}},
    {"softmax", WHOLE, "1", NULL, {"$y * ($G - np.sum($G * $y))"}},
    {"log_softmax", WHOLE, "1", NULL, {"$G - np.sum($G) * np.exp($y)"}},
    {"logsumexp", LOCAL, "1", NULL, {"nn.softmax($1)"}},
    {"where", LOCAL, NULL, NULL, {NULL, "$1", "not $1"}},
    {"sum", LOCAL, NULL, NULL, {"1"}},
    {"mean", LOCAL, NULL, NULL, {"1 / $n"}},
    {"prod", LOCAL, NULL, NULL, {"$y / $1"}},
    {"max", WORDS, NULL, NULL, {N_("1 where it is largest, else 0")}},
    {"min", WORDS, NULL, NULL, {N_("1 where it is smallest, else 0")}},
    {"matmul", LOCAL, "11", "$1 @ $2", {"$2", "$1"}},
    {"matmul", WHOLE, "21", "$1 @ $2", {"np.outer($G, $2)", "$1.T @ $G"}},
    {"matmul", WHOLE, "12", "$1 @ $2", {"$2 @ $G", "np.outer($1, $G)"}},
    {"matmul", WHOLE, "22", "$1 @ $2", {"$G @ $2.T", "$1.T @ $G"}},
    {"matmul", LOCAL, NULL, "$1 @ $2", {NULL}},
    {"dot", LOCAL, "00", NULL, {"$2", "$1"}},
    {"dot", LOCAL, "11", NULL, {"$2", "$1"}},
    {"dot", WHOLE, "21", NULL, {"np.outer($G, $2)", "$1.T @ $G"}},
    {"dot", WHOLE, "12", NULL, {"$2 @ $G", "np.outer($1, $G)"}},
    {"dot", WHOLE, "22", NULL, {"$G @ $2.T", "$1.T @ $G"}},
    {"inner", LOCAL, "11", NULL, {"$2", "$1"}},
    {"vdot", LOCAL, "11", NULL, {"$2", "$1"}},
    {"outer", WHOLE, "11", NULL, {"$G @ $2", "$1 @ $G"}},
    {"T", WHOLE, NULL, "$1.T", {"$G.T"}},
    {"transpose", WHOLE, "2", NULL, {"$G.T"}},
    {"reshape", WHOLE, "C", NULL, {"$G.reshape($1.shape)"}},
    {"ravel", WHOLE, "C", NULL, {"$G.reshape($1.shape)"}},
    {"flatten", WHOLE, "C", NULL, {"$G.reshape($1.shape)"}},
    {"conv",
     WORDS,
     NULL,
     NULL,
     {N_("the filters, laid where they were"),
      N_("what the windows showed")}},
    {"max_pool",
     WORDS,
     NULL,
     NULL,
     {N_("1 where it is largest in its window, else 0")}},
    {"average_pool",
     WORDS,
     NULL,
     NULL,
     {N_("1 / how many places its window has")}},
    {"[]", WORDS, NULL, NULL, {N_("1 for what was taken, else 0")}},
};

/* --------------------------------------------------------------- the rows */

static const struct tensor *operand_at(const struct record *record, int number)
{
    const struct tensor *x;
    for (int at = 0, k = 0;
         (x = next_operand(record->op, record->args, &at, &k));)
        if (number-- == 0)
            return x;
    return NULL;
}

/* Have the operands as many axes as WHERE says? */
static bool axes_fit(const struct record *record, const char *where)
{
    for (int i = 0; where[i]; i++) {
        const struct tensor *x = operand_at(record, i);
        if (!x || x->ndim != where[i] - '0')
            return false;
    }
    return true;
}

/* Is TEXT a number, the same as WANTED? */
static bool is_number(const char *text, const char *wanted)
{
    char *end;
    double number = strtod(text, &end);
    return end > text && !*end && number == strtod(wanted, NULL);
}

/* Are the elements taken in C order? */
static bool is_in_c_order(const struct record *record)
{
    const struct param *params = record->op->params;
    for (int i = 0; params[i].name; i++)
        if (!strcmp(params[i].name, "order") && record->args[i].given)
            return !strcmp(record->args[i].string, "C");
    return true;
}

static bool row_fits(const struct formula *row, const struct record *record,
                     const struct formula_names *names)
{
    if (strcmp(row->op, record->op->name) != 0)
        return false;
    if (!row->where)
        return true;
    if (row->where[0] == 'C')
        return is_in_c_order(record);
    return row->where[0] == '=' ? is_number(names->operands[1], row->where + 1)
                                : axes_fit(record, row->where);
}

static const struct formula *row_for(const struct record *record,
                                     const struct formula_names *names)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (row_fits(&rows[i], record, names))
            return &rows[i];
    return NULL;
}

/* A name, or a number in brackets where its sign would be taken for an
   operator.  AT is its place in TEMPLATE. */
static void add_operand(const char *name, const char *template, const char *at,
                        struct strbuf *sb)
{
    bool alone = at == template && !at[2];
    while (at > template && at[-1] == ' ')
        at--;
    bool bare =
        name[0] != '-' || alone || (at > template && strchr("(,*/", at[-1]));
    strbuf_addf(sb, bare ? "%s" : "(%s)", name);
}

/* NUMBER is the operand for $n; -1 in the template of a step. */
static void expand(const char *template, const struct record *record,
                   const struct formula_names *names, int number,
                   struct strbuf *sb)
{
    for (const char *at = template; *at; at++) {
        if (*at != '$') {
            strbuf_addc(sb, *at);
            continue;
        }
        at++;
        if (*at == 'y')
            strbuf_adds(sb, names->result);
        else if (*at == 'G')
            strbuf_addc(sb, 'G');
        else if (*at == 'n')
            strbuf_addf(
                sb, "%" PRId64,
                operand_at(record, number)->size /
                    (record->outputs[0]->size ? record->outputs[0]->size : 1));
        else
            add_operand(names->operands[*at - '1'], template, at - 1, sb);
    }
}

/* ------------------------------------------------------------------- calls */

static void add_slice_end(bool given, int64_t end, struct strbuf *sb)
{
    if (given)
        strbuf_addf(sb, "%" PRId64, end);
}

static void add_index(const struct index *index, struct strbuf *sb)
{
    switch (index->kind) {
    case INDEX_INTEGER:
        strbuf_addf(sb, "%" PRId64, index->start);
        break;
    case INDEX_SLICE:
        add_slice_end(index->has_start, index->start, sb);
        strbuf_addc(sb, ':');
        add_slice_end(index->has_stop, index->stop, sb);
        if (index->step != 1)
            strbuf_addf(sb, ":%" PRId64, index->step);
        break;
    case INDEX_ELLIPSIS:
        strbuf_adds(sb, "...");
        break;
    case INDEX_NEWAXIS:
        strbuf_adds(sb, "None");
        break;
    case INDEX_ARRAY:
        strbuf_adds(sb, index->array->dtype == DTYPE_BOOL ? "mask" : "indices");
        break;
    }
}

static void add_subscript(const struct record *record,
                          const struct formula_names *names, struct strbuf *sb)
{
    strbuf_addf(sb, "%s[", names->operands[0]);
    for (int i = 0; i < record->args[1].indices.count; i++) {
        strbuf_adds(sb, i ? ", " : "");
        add_index(&record->args[1].indices.items[i], sb);
    }
    strbuf_addc(sb, ']');
}

static void add_dims(const struct arg *arg, struct strbuf *sb)
{
    if (arg->dims.scalar && arg->dims.count == 1)
        strbuf_addf(sb, "%" PRId64, arg->dims.values[0]);
    else
        shape_format(sb, arg->dims.count, arg->dims.values);
}

/* The text of an argument that is no tensor; empty: not to be shown. */
static void add_plain(const struct param *param, const struct arg *arg,
                      struct strbuf *sb)
{
    switch (param->kind) {
    case PARAM_INT:
        strbuf_addf(sb, "%" PRId64, arg->integer);
        break;
    case PARAM_FLOAT:
        double_repr(arg->number, sb);
        break;
    case PARAM_BOOL:
        strbuf_adds(sb, arg->flag ? "True" : "False");
        break;
    case PARAM_STRING:
        if (arg->string && *arg->string)
            strbuf_addf(sb, "'%s'", arg->string);
        break;
    case PARAM_DTYPE:
        strbuf_adds(sb, dtype_name(arg->dtype));
        break;
    case PARAM_DIMS:
        add_dims(arg, sb);
        break;
    case PARAM_SCALAR:
        scalar_repr(arg->scalar, sb);
        break;
    default:
        break;
    }
}

/* "a1", or "(a1, a2)" for several arrays; *NEXT goes on. */
static void add_tensors(const struct param *param, const struct arg *arg,
                        const struct formula_names *names, int *next,
                        struct strbuf *sb)
{
    if (param->kind == PARAM_TENSOR) {
        strbuf_adds(sb, names->operands[(*next)++]);
        return;
    }
    strbuf_addc(sb, '[');
    for (int i = 0; i < arg->tensors.count; i++)
        strbuf_addf(sb, "%s%s", i ? ", " : "", names->operands[(*next)++]);
    strbuf_addc(sb, ']');
}

static void add_argument(const struct param *param, const struct arg *arg,
                         const struct formula_names *names, int *next,
                         struct strbuf *sb)
{
    if (!arg->given)
        return;
    if (param->kind == PARAM_TENSORS ||
        (param->kind == PARAM_TENSOR && arg->tensor))
        add_tensors(param, arg, names, next, sb);
    else
        add_plain(param, arg, sb);
}

/* "np.sum(a1, axis=0)", "a1.flatten()"; what is as the default is left out. */
static void add_call(const struct record *record,
                     const struct formula_names *names, struct strbuf *sb)
{
    const struct op *op = record->op;
    bool method = op->flags == OP_METHOD, first = true;
    int next = method;
    if (method)
        strbuf_addf(sb, "%s.%s(", names->operands[0], op->name);
    else
        strbuf_addf(sb, "%s%s%s(", op->module, *op->module ? "." : "",
                    op->name);
    for (int i = method; op->params[i].name; i++) {
        const struct param *param = &op->params[i];
        struct strbuf text = STRBUF_INIT;
        add_argument(param, &record->args[i], names, &next, &text);
        bool shown = text.length &&
                     !(param->fallback && !strcmp(param->fallback, text.text));
        bool named = param->fallback && (!first || method);
        if (shown)
            strbuf_addf(sb, "%s%s%s%s", first ? "" : ", ",
                        named ? param->name : "", named ? "=" : "", text.text);
        first = first && !shown;
        strbuf_done(&text);
    }
    strbuf_addc(sb, ')');
}

void formula_of_step(const struct record *record,
                     const struct formula_names *names, struct strbuf *sb)
{
    const struct formula *row = row_for(record, names);
    if (row && row->step)
        expand(row->step, record, names, -1, sb);
    else if (!strcmp(record->op->name, "[]"))
        add_subscript(record, names, sb);
    else
        add_call(record, names, sb);
}

enum formula_kind formula_of_derivative(const struct record *record,
                                        const struct formula_names *names,
                                        int operand, struct strbuf *sb)
{
    const struct formula *row = row_for(record, names);
    const char *template =
        row && operand < MAX_OPERANDS ? row->derivatives[operand] : NULL;
    if (!template)
        return FORMULA_UNKNOWN;
    if (row->kind == FORMULA_WORDS) {
        strbuf_adds(sb, _(template));
        return FORMULA_WORDS;
    }
    expand(template, record, names, operand, sb);
    return row->kind;
}
