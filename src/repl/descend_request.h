/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `descend F X0 rate=0.1 optimizer=sgd,adam`, cut into its parts. */
#ifndef REPL_DESCEND_REQUEST_H
#define REPL_DESCEND_REQUEST_H

#include "bind/descent.h"

struct descend_request {
    char *function, *start;           /* owned; what to evaluate */
    char *optimizers;                 /* owned; "sgd,adam", NULL: not given */
    struct descent_settings settings; /* without the optimizer */
};

/* From the end: settings, the start, and before it the function.  ValueError
   with a did-you-mean hint, TypeError when a part is missing; RET ends with
   descend_request_done() in any case. */
bool descend_request_read(const char *arguments, struct descend_request *ret,
                          struct error *err);
void descend_request_done(struct descend_request *request);

/* A TypeError: there is no function, or no start. */
bool descend_missing_parts(struct error *err);

/* TEXT as the number that NAME is set to; HINT is what could be typed
   instead. */
bool descend_read_number(const char *name, const char *text, const char *hint,
                         double *ret, struct error *err);

#endif
