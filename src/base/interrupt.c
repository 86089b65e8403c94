/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/interrupt.h"

enum { KEYBOARD = 1, MEMORY, END };

atomic_int interrupt_flag;
_Thread_local bool interrupt_ignored;

void interrupt_ignore(void)
{
    interrupt_ignored = true;
}

void interrupt_request(void)
{
    interrupt_flag = KEYBOARD;
}

void interrupt_request_memory(void)
{
    int none = 0;
    atomic_compare_exchange_strong(&interrupt_flag, &none, MEMORY);
}

void interrupt_request_end(void)
{
    interrupt_flag = END;
}

void interrupt_clear(void)
{
    interrupt_flag = 0;
}

bool interrupt_check(struct error *err)
{
    int reason = 0;
    if (interrupt_pending()) /* an exchange costs as much as a statement */
        reason = interrupt_flag == END ? END
                                       : atomic_exchange(&interrupt_flag, 0);
    if (!reason)
        return true;
    if (reason == MEMORY)
        return error_set(err, ERROR_MEMORY, "the memory is nearly full");
    return error_set(err, ERROR_KEYBOARD_INTERRUPT, "%s", "");
}
