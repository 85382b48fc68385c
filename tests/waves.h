/* SPDX-License-Identifier: MIT */
/*
 * How many questions depend on each other, one after the other: how often
 * one has to wait if all that is on its way is answered at the same time.
 */
#ifndef TESTS_WAVES_H
#define TESTS_WAVES_H

#include "diagnosis/examine.h"

/** What the examination of the demo's mended domain takes on *sides*. */
unsigned waves_of(const struct sides *sides);

#endif
