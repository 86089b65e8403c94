#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The gradients recorded in composed_gradients.h are PyTorch's.  Skipped where
# there is no PyTorch.
for python in ${PYTHON-} python3 /usr/bin/python3; do
    if "$python" -c 'import torch' 2>/dev/null; then
        exec "$python" "$srcdir/tests/torch_gradients.py" \
            "$srcdir/tests/composed_gradients.h"
    fi
done
echo "no PyTorch here"
exit 77
