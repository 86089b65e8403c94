#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Plays every seed, and every input that once broke something, to its target.
failed=0
for target in lang idx lesson npy npz text; do
    tests/fuzz/replay_$target "$srcdir"/tests/fuzz/seeds/$target/* || failed=1
done
exit $failed
