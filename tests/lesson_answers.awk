# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a learner would type who knows it all: the model answers of a lesson's
# file, skip where a choice is to be made, next where nothing is asked.
function flush() {
    if (kind == "answer")
        printf "%s%s", answer, answer ~ /\n[ \t]/ ? "\n" : ""
    else if (kind != "")
        print kind == "predict" ? "skip" : "next"
    kind = answer = ""
}
/^```answer/ { kind = "answer"; inside = 1; next }
/^```predict/ { kind = "predict" }
/^```/ { inside = 0; fenced = !fenced && !/^```$/ }
/^## / { if (!fenced) { flush(); kind = "read" } }
inside { answer = answer $0 "\n" }
END { flush() }
