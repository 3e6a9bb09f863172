/*
 * reason.c - a Reason value read in full.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

void measure_reason(const corpus *of)
{
    static rounds timed;
    reader reads = {set_first(of, 1024), NULL};
    for (size_t i = 0; i < reads.of.count; i++)
        if (reason_disagreement(reads.of.messages[i]))
            fail("a Reason value is not read as it was generated", "sipcause_reason_next");
    contender contenders[] = {
        {"walk", walk_semicolons, &reads.of, (double)reads.of.count},
        {"values", read_reasons, &reads, (double)reads.of.count},
    };
    rounds_run(&timed, contenders, 2, ROUNDS, MILLISECONDS);
    row_ratio("Reason value, 1,024 different", &timed, 1, 0, "; walk of the same", "value");
    measure_peers("Reason value", &reads.of, true, answer_reasons, &reads);
    set_free(&reads.of);
}
