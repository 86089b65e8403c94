/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "autograd/op.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

int op_param_count(const struct op *op)
{
    int count = 0;
    while (op->params[count].name)
        count++;
    return count;
}

/* Of 'C' the C; of a longer default nothing: it is the op's own. */
static const char *letter_default(const char *text)
{
    static const char *const letters[] = {"C", "F", "A", "K"};

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (text[1] == letters[i][0] && text[2] == '\'')
            return letters[i];
    return "";
}

bool param_default(const struct param *param, struct arg *arg)
{
    const char *text = param->fallback;

    *arg = (struct arg){.given = false};
    if (!text)
        return false;
    if (!strcmp(text, "None") || text[0] == '<')
        return true;
    arg->given = true;
    switch (param->kind) {
    case PARAM_INT:
        arg->integer = strtoll(text, NULL, 10);
        break;
    case PARAM_FLOAT:
        arg->number = strtod(text, NULL);
        break;
    case PARAM_BOOL:
        arg->flag = !strcmp(text, "True");
        break;
    case PARAM_DTYPE:
        return dtype_find(text, &arg->dtype);
    case PARAM_STRING:
        arg->string = letter_default(text);
        break;
    case PARAM_CHOICE:
        arg->choice.word = text[0] == '\'' ? "" : NULL; /* the op's own */
        arg->choice.number = strtod(text, NULL);
        break;
    default: /* sequences and tensors have no defaults but None */
        arg->given = false;
        break;
    }
    return true;
}

void params_format(struct strbuf *sb, const char *name,
                   const struct param *params)
{
    bool starred = false;

    strbuf_addf(sb, "%s(", name);
    for (const struct param *p = params; p->name; p++) {
        if (p != params)
            strbuf_adds(sb, ", ");
        if (p->flags & PARAM_KEYWORD_ONLY && !starred) {
            strbuf_adds(sb, "*, ");
            starred = true;
        }
        if (p->flags & PARAM_STAR) {
            strbuf_addc(sb, '*');
            starred = true;
        }
        strbuf_adds(sb, p->name);
        if (p->fallback)
            strbuf_addf(sb, "=%s", p->fallback);
    }
    strbuf_addc(sb, ')');
}

void op_result_done(struct op_result *result)
{
    tensor_unref(result->tensor);
    if (result->items)
        for (int i = 0; i < result->count; i++)
            tensor_unref(result->items[i]);
    free(result->items);
    free(result->dims);
    free(result->string);
    memset(result, 0, sizeof *result);
}

static bool hand_over(struct op_result *ret, enum result_form form,
                      struct tensor *tensor)
{
    if (!tensor)
        return false;
    ret->form = form;
    ret->tensor = tensor;
    return true;
}

bool op_return_tensor(struct op_result *ret, struct tensor *tensor)
{
    return hand_over(ret, RESULT_TENSOR, tensor);
}

bool op_return_array(struct op_result *ret, struct tensor *tensor)
{
    return hand_over(ret, RESULT_ARRAY, tensor);
}

bool op_return_into(struct op_result *ret, struct tensor *tensor,
                    const struct arg *out, struct error *err)
{
    if (!tensor || !out->given)
        return op_return_tensor(ret, tensor);
    bool done = tensor_assign(out->tensor, tensor, err);
    tensor_unref(tensor);
    return done && op_return_array(ret, tensor_ref(out->tensor));
}

bool op_return_tuple(struct op_result *ret, int count,
                     struct tensor *const *items)
{
    ret->form = RESULT_TUPLE;
    ret->tensor = NULL; /* it may be among the items */
    ret->count = count;
    ret->items = xcalloc((size_t)count, sizeof *ret->items);
    if (count)
        memcpy(ret->items, items, (size_t)count * sizeof *items);
    return true;
}

bool op_return_int(struct op_result *ret, int64_t value)
{
    *ret = (struct op_result){.form = RESULT_INT, .integer = value};
    return true;
}

bool op_return_none(struct op_result *ret)
{
    *ret = (struct op_result){.form = RESULT_NONE};
    return true;
}
