#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Types every transcript at the program; tests/pty_transcript.c says how they
# are written.
exec tests/pty_transcript "$TENSOR" "$srcdir"/tests/transcripts/*.txt
