# shellcheck shell=bash
# Steps of the checks: each prints its name and its time, and all are counted on the last line.

passed=0
failed=0
skipped=0
# What the failed steps said last, told again at the end: a reader of the log's end needs the reason, not the name alone.
last_words=
# No single step may hang the run. At a terminal, Ctrl-C must reach the step as well.
limit=(timeout --kill-after=30s "${STEP_LIMIT:-40m}")
[ ! -t 0 ] || limit=(timeout --foreground --kill-after=30s "${STEP_LIMIT:-40m}")

# step NAME COMMAND…: runs the command; its own count is taken if it prints one, else it counts as one test.
step() {
    local name=$1 started=$SECONDS log status=0 counts
    shift
    log=$(mktemp)
    printf '\n=== %s\n' "$name"
    "${limit[@]}" "$@" 2>&1 | tee "$log" || status=$?
    counts=$(count "$log")
    [ "$status" = 0 ] || last_words+=$(printf '\nFAILED: %s\n' "$name" && grep -v '^ *$' "$log" | tail -n 15 | cut -c 1-200)
    rm -f "$log"
    read -r p f s <<<"$counts"
    if [ "$((p + f + s))" = 0 ]; then
        [ "$status" = 0 ] && p=1 || f=1
    elif [ "$status" != 0 ] && [ "$f" = 0 ]; then
        f=1
    fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    if [ "$status" = 0 ]; then
        printf -- '--- %s: ok in %s s\n' "$name" $((SECONDS - started))
    else
        printf -- '--- %s: FAILED in %s s (status %s)\n' "$name" $((SECONDS - started)) "$status"
    fi
}

# skip NAME WHY: a step that cannot run here.
skip() {
    skipped=$((skipped + 1))
    printf '\nSKIPPED %s: %s\n' "$1" "$2"
}

# Adds up what cargo test, cargo nextest, Vitest and Playwright say of themselves, or takes the last `N passed, N failed[, N skipped]` of a
# script: prints passed, failed, skipped.
count() {
    awk '
        function before(word,   i, n, parts) {
            n = split($0, parts, /[ ,;]+/)
            for (i = 2; i <= n; i++) if (parts[i] == word) return parts[i - 1] + 0
            return 0
        }
        /^test result:/ || /^ *Summary \[.*tests? run:/ {
            p += before("passed"); f += before("failed"); s += before("skipped") + before("ignored")
            f += before("timed")
        }
        /^ +Tests  / {
            p += before("passed"); f += before("failed"); s += before("skipped")
        }
        /^  [0-9]+ (passed|failed|skipped|flaky|did not run)( |$)/ {
            p += before("passed") + before("flaky"); f += before("failed"); s += before("skipped") + before("not")
        }
        /^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$/ {
            own_p = before("passed"); own_f = before("failed"); own_s = before("skipped")
        }
        END { print p + own_p, f + own_f, s + own_s }
    ' "$1"
}

# The last line; fails when anything failed.
summary() {
    printf '%s\n' "$last_words"
    printf '%s s in all\n' "$SECONDS"
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" = 0 ]
}
