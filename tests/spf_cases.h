/* SPDX-License-Identifier: MIT */
/*
 * Cases of check_host() as files in fixtures/spf. A file is a zone of the
 * world, then a line "---", then one case a line:
 *
 *   name  address  mail-from  helo  result[,result...]  [explanation]
 *
 * "-" stands for nothing, and a line "fail name type status" before the
 * zone ends says where DNS fails.
 */
#ifndef TESTS_SPF_CASES_H
#define TESTS_SPF_CASES_H

/** Runs all cases of the file *name* in fixtures/spf. */
void spf_cases_run(const char *name);

#endif
