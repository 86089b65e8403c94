/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions written in C: tables of them, and what they share. */
#ifndef BIND_NATIVES_H
#define BIND_NATIVES_H

#include "autograd/op.h"
#include "lang/lang.h"

#define NATIVE(name)                                                           \
    static bool name(struct interp *interp, const struct native *native,       \
                     const struct call_args *args, struct value *ret,          \
                     struct error *err)

/* A row of a table of functions. */
#define FUNCTION_ROW(NAME, CALL, PARAMS, DOC)                                  \
    {.object = {1}, .name = NAME, .call = CALL, .params = PARAMS, .doc = DOC}

/* … with a short way for COUNT plain arguments. */
#define QUICK_ROW(NAME, CALL, QUICK, COUNT, PARAMS, DOC)                       \
    {.object = {1}, .name = NAME, .call = CALL, .quick = QUICK,                \
     .quick_count = COUNT, .params = PARAMS, .doc = DOC}

/* The tables are ended by a NULL name. */
void natives_add_to_module(struct native *natives, struct module *module);
void natives_add_builtins(struct native *natives, struct interp *interp);

/* call_bind() for a native: SLOTS as its params want. */
bool native_bind(const struct native *native, const struct call_args *args,
                 struct value *slots, struct error *err);

/* The method NAME of SELF from a table whose functions get SELF as their first
   argument; owned, false when there is none. */
bool native_method(struct native *natives, struct value self, const char *name,
                   struct value *ret);

/* A slot's value, or NONE when nothing was given. */
static inline bool slot_given(struct value slot)
{
    return slot.kind != VALUE_UNDEFINED && slot.kind != VALUE_NONE;
}

/* Its text, borrowed; NULL when it is none. */
static inline const char *slot_text(struct value slot)
{
    return slot.kind == VALUE_STRING ? slot.string->text : NULL;
}

/* Tables of functions that numpy has besides its rows. */
extern struct native bytes_natives[], dtype_natives[], digits_natives[],
    fp_state_natives[],
    limits_natives[];

/* The families. */
void builtins_install(struct interp *interp);
void numpy_install(struct interp *interp);
void math_install(struct interp *interp);
void time_install(struct interp *interp);

#endif
