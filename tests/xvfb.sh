#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Windows on a real X server with a window manager, driven as a person would:
# tests/xvfb.txt.  What lies on the screen is read from Xvfb's memory.
: "${TENSOR:?names the program}"
for tool in Xvfb xdotool openbox; do
    command -v "$tool" >/dev/null || {
        echo "SKIP: no $tool"
        exit 77
    }
done
here=$PWD
TEST_DIR=$(mktemp -d) || exit 1
trap 'kill "$server" "$manager" 2>/dev/null; rm -rf "$TEST_DIR"' EXIT

Xvfb -displayfd 3 -nolisten tcp -fbdir "$TEST_DIR" -screen 0 1000x700x24 \
    3>"$TEST_DIR/number" 2>"$TEST_DIR/log" &
server=$!
for _ in $(seq 100); do
    [ -s "$TEST_DIR/number" ] && break
    sleep 0.1
done
if [ ! -s "$TEST_DIR/number" ]; then
    echo "SKIP: Xvfb does not start"
    cat "$TEST_DIR/log"
    exit 77
fi
DISPLAY=:$(cat "$TEST_DIR/number")
HOME=$TEST_DIR
export DISPLAY HOME TEST_DIR TEST_SERVER="$server"
unset WAYLAND_DISPLAY SDL_VIDEODRIVER
openbox --startup "touch '$TEST_DIR/managed'" >"$TEST_DIR/log" 2>&1 &
manager=$!

# What the transcript's commands are made of.
cat >"$TEST_DIR/tools" <<'EOF'
# COMMAND, again and again for ten seconds, until it succeeds
soon() { # COMMAND…
    for _ in $(seq 100); do
        "$@" && return
        sleep 0.1
    done
    return 1
}
# The window called NAME in the file `window`; a search fails when some other
# window goes while it looks
sees_window() { # NAME
    xdotool search --onlyvisible --name "^$1\$" >"$TEST_DIR/window" \
        2>/dev/null && [ -s "$TEST_DIR/window" ]
}
find_window() { # NAME
    soon sees_window "$1"
}
the_window() {
    cat "$TEST_DIR/window"
}
remember_screen() {
    cp "$TEST_DIR/Xvfb_screen0" "$TEST_DIR/before"
}
# Bytes of the screen that are not as they were
changed() { # AT-LEAST
    [ "$(cmp -l "$TEST_DIR/before" "$TEST_DIR/Xvfb_screen0" | wc -l)" -ge "$1" ]
}
is_gone() {
    ! xdotool getwindowname "$(the_window)" >"$TEST_DIR/log" 2>&1
}
has_no_focus() {
    [ "$(xdotool getwindowfocus)" != "$(the_window)" ]
}
press() { # KEY
    xdotool windowfocus --sync "$(the_window)" key "$1"
}
EOF
# a window that is there before the manager would be given the keyboard
for _ in $(seq 100); do
    [ -e "$TEST_DIR/managed" ] && break
    sleep 0.1
done
cd "$here" || exit 1

# A program waits at plt.show() until its window is closed.
cat >"$TEST_DIR/program.py" <<'EOF'
import matplotlib.pyplot as plt
plt.plot([1, 2, 3])
plt.show()
print("after")
EOF
. "$TEST_DIR/tools"
TENSOR_GRAPHICS=window "$TENSOR" "$TEST_DIR/program.py" >"$TEST_DIR/out" &
program=$!
if ! find_window 'Figure 1' || [ -s "$TEST_DIR/out" ]; then
    echo "FAIL: plt.show() does not wait at its window"
    exit 1
fi
press Escape
wait "$program" || exit 1
if [ "$(cat "$TEST_DIR/out")" != after ]; then
    echo "FAIL: plt.show() does not go on when its window is closed"
    exit 1
fi

tests/pty_transcript "$TENSOR" "$srcdir/tests/xvfb.txt"
