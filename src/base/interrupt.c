/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/interrupt.h"

atomic_int interrupt_flag;

void interrupt_request(void)
{
    interrupt_flag = 1;
}

void interrupt_clear(void)
{
    interrupt_flag = 0;
}

bool interrupt_check(struct error *err)
{
    if (!interrupt_pending())
        return true;
    interrupt_clear();
    return error_set(err, ERROR_KEYBOARD_INTERRUPT, "%s", "");
}
