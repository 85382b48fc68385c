/* SPDX-License-Identifier: MIT */
/*
 * A process that outlives the test, to leave nothing behind however the test
 * ends: it ends what the test started and removes what it wrote.
 */
#ifndef TESTS_KEEPER_H
#define TESTS_KEEPER_H

#include <sys/types.h>

struct keeper;

/** Makes a new folder, whose path goes to *ret_folder*, and its keeper. */
struct keeper *keeper_start(char ret_folder[static 64]);

/**
 * From now on *leader*, a process that the test started as the leader of its
 * group, and its group are to be ended; 0: nobody is, it ended already.
 */
void keeper_watch(struct keeper *keeper, pid_t leader);

/** Removes the folder now, and the keeper; sets it to NULL. */
void keeper_stop(struct keeper **keeper);

/** Closes all descriptors but *kept*: what a process that stays must not hold.
 */
void close_all_but(int kept);

#endif
