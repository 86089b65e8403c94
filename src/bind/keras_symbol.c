/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The functional way to build a network: layers called on what Input() gave,
 * which stands for samples that are not there yet, and a model from the first
 * to the last.  Chains only: each layer takes one input.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/keras_internal.h"

/* What LAYER makes of BEFORE; that Input's own layer has none. */
struct symbol {
    struct layer *layer;
    struct value before;
};

static const struct native_type symbol_type;

/* Input() gives a layer, which is a symbol as well. */
static struct layer *layer_of(struct value value)
{
    struct symbol *symbol = value_opaque_data(value, &symbol_type);
    struct layer *layer = value_opaque_data(value, &keras_layer_type);
    if (symbol)
        return symbol->layer;
    return layer && layer->type == &layer_input ? layer : NULL;
}

bool keras_is_symbol(struct value value)
{
    return layer_of(value) != NULL;
}

static const struct sample_shape *shape_of(const struct layer *layer)
{
    return layer->type == &layer_input ? &layer->input : &layer->output;
}

bool keras_symbol_apply(struct layer *layer, struct value input,
                        struct value *ret, struct error *err)
{
    const struct layer *before = layer_of(input);
    if (!before)
        return error_set(err, ERROR_TYPE, "a KerasTensor is wanted, not %s",
                         value_type_name(input));
    struct sample_shape shape = *shape_of(before);
    if (!layer_build(layer, &shape, &session_rng, err))
        return false;
    struct symbol *symbol = xmalloc(sizeof *symbol);
    *symbol = (struct symbol){layer_ref(layer), value_ref(input)};
    *ret = value_opaque(&symbol_type, symbol);
    return true;
}

void keras_symbol_repr(const struct layer *layer, struct strbuf *sb)
{
    strbuf_adds(sb, "<KerasTensor: shape=");
    sample_shape_format(sb, shape_of(layer));
    strbuf_addf(sb, " dtype=float32 (created by layer '%s')>", layer->name);
}

/* ------------------------------------------------------------------ the type
 */

static void symbol_free(void *data)
{
    struct symbol *symbol = data;
    layer_unref(symbol->layer);
    value_unref(symbol->before);
    free(symbol);
}

static void symbol_repr(void *data, struct strbuf *sb)
{
    const struct symbol *symbol = data;
    keras_symbol_repr(symbol->layer, sb);
}

static bool symbol_get_attribute(struct interp *interp, struct value self,
                                 const char *name, struct value *ret,
                                 struct error *err)
{
    (void)interp;
    const struct layer *layer = layer_of(self);
    if (!strcmp(name, "shape"))
        *ret = keras_shape_value(shape_of(layer));
    else if (!strcmp(name, "name"))
        *ret = value_string(layer->name);
    else
        return keras_no_attribute(self, name, err);
    return true;
}

static const char *const symbol_attributes[] = {"shape", "name", NULL};

static const struct native_type symbol_type = {
    .name = "KerasTensor",
    .free = symbol_free,
    .repr = symbol_repr,
    .get_attribute = symbol_get_attribute,
    .attributes = symbol_attributes,
};

/* ------------------------------------------------------------------ the model
 */

/* Models of several inputs or outputs take lists; one may stand in a list. */
static struct value only_one(struct value value)
{
    bool is_sequence = value.kind == VALUE_LIST || value.kind == VALUE_TUPLE;
    return is_sequence && value.sequence->count == 1 ? value.sequence->items[0]
                                                     : value;
}

static bool no_chain(const char *which, struct error *err)
{
    error_set(err, ERROR_NOT_IMPLEMENTED,
              "%s of a model must be what Input() or one layer gave: models "
              "here are chains of layers",
              which);
    error_hint(err, "model = keras.Model(inputs=inputs, outputs=outputs)");
    return false;
}

/* The layers from INPUT's successor to SYMBOL. */
static bool add_chain(struct model *model, const struct layer *input,
                      struct value symbol, struct error *err)
{
    struct layer *layer = layer_of(symbol);
    if (layer == input)
        return true;
    const struct symbol *own = value_opaque_data(symbol, &symbol_type);
    if (!own)
        return error_set(err, ERROR_VALUE,
                         "Graph disconnected: the outputs do not come from "
                         "this input, %s does",
                         layer->name);
    return add_chain(model, input, own->before, err) &&
           model_add(model, layer, err);
}

bool keras_make_functional(struct interp *interp, const struct native *native,
                           const struct call_args *args, struct value *ret,
                           struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    const char *given = NULL;
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_string(slots[2], "name", &given, err))
        return false;
    struct layer *input = layer_of(only_one(slots[0]));
    if (!input || input->type != &layer_input)
        return no_chain("inputs", err);
    if (!keras_is_symbol(only_one(slots[1])))
        return no_chain("outputs", err);
    char *name = given ? xstrdup(given) : keras_next_name("model");
    struct model *model = model_new(name, &session_rng);
    free(name);
    model->input_layer = layer_ref(input);
    bool ok = model_add(model, input, err) &&
              add_chain(model, input, only_one(slots[1]), err);
    if (ok)
        *ret = keras_model_value(model);
    model_unref(model);
    return ok;
}
