/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/describe.h"

#include "lang/ast.h"
#include "lang/object.h"

static const char *prefix_of(const struct parameter *parameter, bool marked)
{
    switch (parameter->kind) {
    case PARAMETER_STAR:
        return "*";
    case PARAMETER_DOUBLE_STAR:
        return "**";
    case PARAMETER_KEYWORD_ONLY:
        return marked ? "" : "*, ";
    case PARAMETER_PLAIN:
    default:
        return "";
    }
}

static void add_default(const struct function *function,
                        const struct node *fallback, struct strbuf *sb)
{
    const struct span span = fallback->span;
    strbuf_addc(sb, '=');
    strbuf_add(sb, function->program->source->text + span.start,
               span.end - span.start);
}

void function_signature(const struct function *function, const char *name,
                        int skip, struct strbuf *sb)
{
    const struct code *code = function->code;
    bool marked = false; /* a star stands before keyword-only ones */
    strbuf_addf(sb, "%s(", name);
    for (int i = skip; i < code->parameter_count; i++) {
        const struct parameter *parameter = &code->parameters[i];
        strbuf_addf(sb, "%s%s%s", i > skip ? ", " : "",
                    prefix_of(parameter, marked), parameter->name.text);
        marked |= parameter->kind != PARAMETER_PLAIN;
        if (parameter->fallback)
            add_default(function, parameter->fallback, sb);
    }
    strbuf_addc(sb, ')');
}

const char *function_module(const struct function *function)
{
    return function->program->module;
}

const char *function_doc(const struct function *function)
{
    return function->code->doc;
}

const char *function_parameter(const struct function *function, int index)
{
    const struct code *code = function->code;
    if (index >= code->parameter_count)
        return NULL;
    const struct parameter *parameter = &code->parameters[index];
    bool named = parameter->kind == PARAMETER_PLAIN ||
                 parameter->kind == PARAMETER_KEYWORD_ONLY;
    return named ? parameter->name.text : "";
}
