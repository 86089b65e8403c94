/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "autograd/tape.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/ptrmap.h"

/* What a variable held before it was assigned to. */
struct former {
    struct variable *variable; /* counted */
    struct tensor *tensor;     /* a node's */
};

struct tape {
    int refs;
    int started;
    bool variables;
    size_t count, capacity;
    struct tape_node *nodes;
    struct ptrmap places;   /* tensor to node */
    struct ptrmap storages; /* those whose elements are needed */
    size_t former_count, former_capacity;
    struct former *formers;
    struct tape *next_recording;
    struct tape *previous_live, *next_live;
};

int tapes_recording, tapes_holding;
static struct tape *first_recording, *first_live;

/* ---------------------------------------------------------------- lifetime */

struct tape *tape_new(bool variables)
{
    struct tape *tape = xcalloc(1, sizeof *tape);
    tape->refs = 1;
    tape->variables = variables;
    tape->next_live = first_live;
    if (first_live)
        first_live->previous_live = tape;
    first_live = tape;
    return tape;
}

struct tape *tape_ref(struct tape *tape)
{
    tape->refs++;
    return tape;
}

void tape_clear(struct tape *tape)
{
    tapes_holding -= tape->count > 0;
    for (size_t i = tape->count; i-- > 0;) {
        tensor_unref(tape->nodes[i].tensor);
        record_unref(tape->nodes[i].record);
    }
    tape->count = 0;
    while (tape->former_count)
        variable_unref(tape->formers[--tape->former_count].variable);
    ptrmap_clear(&tape->places);
    ptrmap_clear(&tape->storages);
}

void tape_unref(struct tape *tape)
{
    if (!tape || --tape->refs)
        return;
    while (tape->started)
        tape_stop(tape);
    tape_clear(tape);
    if (tape->previous_live)
        tape->previous_live->next_live = tape->next_live;
    else
        first_live = tape->next_live;
    if (tape->next_live)
        tape->next_live->previous_live = tape->previous_live;
    ptrmap_done(&tape->places);
    ptrmap_done(&tape->storages);
    free(tape->nodes);
    free(tape->formers);
    free(tape);
}

void tape_start(struct tape *tape)
{
    if (tape->started++)
        return;
    tape->next_recording = first_recording;
    first_recording = tape;
    tapes_recording++;
}

void tape_stop(struct tape *tape)
{
    if (!tape->started || --tape->started)
        return;
    struct tape **link = &first_recording;
    while (*link != tape)
        link = &(*link)->next_recording;
    *link = tape->next_recording;
    tapes_recording--;
}

struct tape *tape_next_recording(struct tape *tape)
{
    return tape ? tape->next_recording : first_recording;
}

/* ------------------------------------------------------------------- nodes */

size_t tape_count(const struct tape *tape)
{
    return tape->count;
}

const struct tape_node *tape_node_at(const struct tape *tape, size_t index)
{
    return &tape->nodes[index];
}

bool tape_find(const struct tape *tape, const struct tensor *tensor,
               size_t *ret)
{
    return ptrmap_get(&tape->places, tensor, ret);
}

/* Takes RECORD. */
static void add_node(struct tape *tape, struct tensor *tensor,
                     struct record *record, int output)
{
    tapes_holding += tape->count == 0;
    ptrmap_set(&tape->places, tensor, tape->count);
    ptrmap_set(&tape->storages, tensor->storage, 0);
    VEC_PUSH(tape->nodes, tape->count, tape->capacity) =
        (struct tape_node){tensor_ref(tensor), record, output};
}

void tape_watch(struct tape *tape, struct tensor *tensor)
{
    size_t place;
    if (dtype_is_float(tensor->dtype) && !tape_find(tape, tensor, &place))
        add_node(tape, tensor, NULL, 0);
}

void tape_watch_variable(struct tape *tape, struct tensor *tensor)
{
    if (tape->variables)
        tape_watch(tape, tensor);
}

void tapes_keep_former(struct variable *variable)
{
    size_t place;
    if (!tape_is_holding())
        return;
    for (struct tape *t = first_live; t; t = t->next_live)
        if (tape_find(t, variable->tensor, &place))
            VEC_PUSH(t->formers, t->former_count, t->former_capacity) =
                (struct former){variable_ref(variable), variable->tensor};
}

size_t tape_formers(const struct tape *tape, const struct variable *variable,
                    struct tensor **ret)
{
    size_t count = 0;
    for (size_t i = 0; i < tape->former_count; i++) {
        if (tape->formers[i].variable != variable)
            continue;
        if (ret)
            ret[count] = tape->formers[i].tensor;
        count++;
    }
    return count;
}

bool tape_tracks(const struct tensor *tensor)
{
    size_t place;
    for (const struct tape *t = first_recording; t; t = t->next_recording)
        if (tape_find(t, tensor, &place))
            return true;
    return false;
}

/* --------------------------------------------------------------- recording */

static bool knows_operand(const struct tape *tape, const struct op *op,
                          const struct arg *args)
{
    struct tensor *x;
    size_t place;
    for (int at = 0, k = 0; (x = next_operand(op, args, &at, &k));)
        if (tape_find(tape, x, &place))
            return true;
    return false;
}

/* Results that are no floats have no gradient, and an operand that came back
   as it was stays what it is. */
static bool is_new_float(const struct tape *tape, const struct tensor *output)
{
    size_t place;
    return dtype_is_float(output->dtype) && !tape_find(tape, output, &place);
}

/* Operands are held only by a record that has a node. */
static void write_down(struct tape *tape, struct record *record)
{
    struct tensor *x;
    size_t before = tape->count;
    for (int i = 0; i < record->output_count; i++)
        if (is_new_float(tape, record->outputs[i]))
            add_node(tape, record->outputs[i], record_ref(record), i);
    if (tape->count == before)
        return;
    for (int at = 0, k = 0;
         (x = next_operand(record->op, record->args, &at, &k));)
        ptrmap_set(&tape->storages, x->storage, 0);
}

void tape_record(const struct op *op, const struct arg *args,
                 int output_count, struct tensor *const *outputs)
{
    struct record *record = NULL;
    for (struct tape *t = first_recording; t; t = t->next_recording) {
        if (!knows_operand(t, op, args))
            continue;
        if (!record)
            record = record_new(op, args, output_count, outputs);
        write_down(t, record);
    }
    record_unref(record);
}

static bool is_known(const struct op *op, const struct arg *args)
{
    for (const struct tape *t = first_recording; t; t = t->next_recording)
        if (knows_operand(t, op, args))
            return true;
    return false;
}

static bool refuse_writing(const struct op *op, struct error *err)
{
    error_set(err, ERROR_TYPE,
              "%s writes into its array, which a gradient needs as it is",
              op->name);
    error_hint(err, _("compute a new array and give it a name of its own"));
    return false;
}

/* Operations that give nothing back, or that fill out=, write. */
static bool check_writes(const struct op *op, const struct arg *args,
                         struct error *err)
{
    for (int i = 0; op->params[i].name; i++) {
        const struct param *param = &op->params[i];
        bool written =
            !strncmp(param->name, "out", 3) || param->flags & PARAM_WRITTEN;
        bool single = param->kind == PARAM_TENSOR;
        if (!written || !args[i].given ||
            (single ? !args[i].tensor : param->kind != PARAM_TENSORS))
            continue;
        int count = single ? 1 : args[i].tensors.count;
        for (int k = 0; k < count; k++)
            if (!tape_check_write(single ? args[i].tensor
                                         : args[i].tensors.items[k],
                                  err))
                return false;
    }
    return true;
}

/* A plain number is not seen again: one that a gradient would have to go
   through is made one that is, so that the row is named. */
static bool make_tensor(struct op_result *ret, struct error *err)
{
    struct tensor *tensor = tensor_from_scalar(ret->scalar, err);
    *ret = (struct op_result){.form = RESULT_TENSOR, .tensor = tensor};
    return tensor != NULL;
}

bool tape_call(const struct op *op, const struct arg *args,
               struct op_result *ret, struct error *err)
{
    if (tape_is_holding() && !check_writes(op, args, err))
        return false;
    if (!tape_is_recording())
        return op->forward(op, args, ret, err);
    bool known = is_known(op, args);
    if (!op->forward(op, args, ret, err))
        return false;
    if (!known)
        return true;
    if (ret->form == RESULT_NONE)
        return refuse_writing(op, err);
    if (ret->form == RESULT_SCALAR && !op->vjp && !make_tensor(ret, err))
        return false;
    if (ret->tensor)
        tape_record(op, args, 1, &ret->tensor);
    else if (ret->items)
        tape_record(op, args, ret->count, ret->items);
    return true;
}

bool tape_check_write(const struct tensor *tensor, struct error *err)
{
    size_t ignored;
    for (const struct tape *t = first_live; t; t = t->next_live) {
        if (!ptrmap_get(&t->storages, tensor->storage, &ignored))
            continue;
        error_set(err, ERROR_TYPE,
                  "this array cannot be changed in place: a gradient needs "
                  "the values it has");
        error_hint(err, _("compute a new array: np.where(mask, new, x), or "
                          "collect the parts in a list and np.array(list)"));
        return false;
    }
    return true;
}
