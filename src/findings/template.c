/* SPDX-License-Identifier: MIT */
/* Templates: text with {key} in it. */
#include "findings/template.h"

#include "base/arena.h"
#include "base/buf.h"

#include <assert.h>
#include <string.h>

static const struct finding_arg *
arg_find(const struct finding_arg *args, size_t len, struct str key)
{
	for (size_t i = 0; i < len; i++) {
		if (str_eq(str_of(args[i].key), key)) {
			return &args[i];
		}
	}
	return NULL;
}

struct str
template_fill(struct arena *arena, const char *template,
    const struct finding *finding, const struct finding_arg *always,
    size_t always_len)
{
	struct buf to = buf_new(arena);
	struct str rest = str_of(template);
	ptrdiff_t open;
	while ((open = str_index(rest, '{')) >= 0) {
		const ptrdiff_t close = str_index(rest, '}');
		assert(close > open);
		const struct str key =
		    str_slice(rest, (size_t)open + 1, (size_t)close);
		const struct finding_arg *arg =
		    arg_find(finding->args.at, finding->args.len, key);
		if (!arg) {
			arg = arg_find(always, always_len, key);
		}
		assert(arg && "a template names an argument that is not set");
		buf_add(&to, str_slice(rest, 0, (size_t)open));
		buf_add(&to, arg->value);
		rest = str_from(rest, (size_t)close + 1);
	}
	buf_add(&to, rest);
	return buf_str(&to);
}
