/* SPDX-License-Identifier: MIT */
/* The files that were made part of the program. */
#include "cmd/embedded.h"

#include <assert.h>
#include <stddef.h>

struct embedded {
	const char *folder;
	const char *name;
	const char *content;
};

static const struct embedded FILES[] = {
#define EMBEDDED(folder, name, content) { (folder), (name), (content) },
#include "cmd/embedded_files.def"
#undef EMBEDDED
};

bool
embedded_find(struct str folder, struct str name, struct str *ret)
{
	assert(ret);
	for (size_t i = 0; i < sizeof(FILES) / sizeof(*FILES); i++) {
		if (str_eq(name, str_of(FILES[i].name)) &&
		    str_eq(folder, str_of(FILES[i].folder))) {
			*ret = str_of(FILES[i].content);
			return true;
		}
	}
	return false;
}
