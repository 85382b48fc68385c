/* SPDX-License-Identifier: MIT */
/*
 * The rdata of a TXT as it stands on the wire: read, joined and written as
 * it was; the same in a message; shown so that it can be turned back; and
 * compared with what should have been there.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "dns/gate.h"
#include "dns/rdata.h"
#include "dns/response.h"
#include "mail/spf.h"
#include "text/damage.h"
#include "text/escape.h"
#include "text/utf8.h"

#include <assert.h>

/** A message that answers TXT of the root with *rdata*. */
static struct str
message_around(struct arena *arena, struct str rdata)
{
	static const char head[] = "\x12\x34\x85\x80\0\1\0\1\0\0\0\0"
				   "\0\0\x10\0\1"
				   "\0\0\x10\0\1\0\0\1\x2c";
	struct buf message = buf_new(arena);
	buf_add(&message, (struct str){ head, sizeof(head) - 1 });
	buf_addc(&message, (char)(rdata.len >> 8));
	buf_addc(&message, (char)(rdata.len & 0xff));
	buf_add(&message, rdata);
	return buf_str(&message);
}

/** What the message says is what the rdata says. */
static void
check_message(struct arena *arena, struct str rdata, const struct rr *rr)
{
	const struct str text = message_around(arena, rdata);
	const struct message message = { (const uint8_t *)text.at, text.len };
	const struct question question = {
		.name = name_of(arena, "."),
		.type = RRTYPE_TXT,
	};
	struct answer answer = { 0 };
	const bool read = gate_check(message) == GATE_OK &&
			  response_read(arena, message, &question, &answer);
	assert(read == (rr != NULL));
	if (rr) {
		assert(answer.status == ANSWER_FOUND && answer.rrs_len == 1);
		assert(rr_same_data(rr, &answer.rrs[0]));
	}
}

static void
check_texts(struct arena *arena, const struct rr_txt *txt)
{
	static const struct intact intact = {
		.text = { "ivymail-verify=9f2c", 19 },
		.prefix = { "ivymail-verify=", 15 },
	};
	struct patterns *patterns = fuzz_patterns();
	const struct str raw = txt->joined;
	const struct str shown = escape(arena, patterns, raw);
	struct damaged damaged;
	struct str undone;
	size_t glue;
	assert(
	    escape_points(arena, patterns, raw, raw.len) == utf8_length(shown));
	if (damage_find(arena, patterns, &intact, raw, &damaged)) {
		assert(damaged.span.to <= raw.len && damaged.what.len > 0);
	}
	if (damage_undo_word(arena, patterns, raw, &undone, &damaged)) {
		assert(damaged.span.to <= raw.len && damaged.what.len > 0);
	}
	if (spf_is_glued(txt, &glue)) {
		assert(glue > 0 && glue < raw.len);
	}
	assert(spf_unglued(arena, txt).len >= raw.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const struct str rdata = { (const char *)data, size };
	struct rr rr = { .type = RRTYPE_TXT };
	if (size > UINT16_MAX) {
		return 0;
	}
	const bool read = rdata_read(arena, rdata, &rr);
	if (read) {
		struct buf again = buf_new(arena);
		rdata_write(&again, &rr);
		assert(str_eq(buf_str(&again), rdata));
		check_texts(arena, &rr.rdata.txt);
	}
	check_message(arena, rdata, read ? &rr : NULL);
	return 0;
}
