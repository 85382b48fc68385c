/* SPDX-License-Identifier: MIT */
/*
 * Queries are written by hand, at a fortieth of what the library takes, and
 * responses are matched before anything else is read: RFC 1035 4.1 and 7.3,
 * RFC 5452 9.1, RFC 6891 6.1.
 */
#include "dns/query.h"

#include <assert.h>
#include <string.h>

static uint8_t *
put_u16(uint8_t *to, unsigned number)
{
	to[0] = (uint8_t)(number >> 8 & 0xff);
	to[1] = (uint8_t)(number & 0xff);
	return to + 2;
}

/** An OPT without options: root, type, size, and nothing else. */
static uint8_t *
put_opt(uint8_t *to)
{
	*to++ = 0;
	to = put_u16(to, TYPE_OPT);
	to = put_u16(to, QUERY_UDP_SIZE);
	memset(to, 0, 6);
	return to + 6;
}

static unsigned
query_flags(const struct question *question, bool edns)
{
	unsigned flags = question->checking_disabled ? MESSAGE_CD : 0;
	if (question->side == SIDE_RESOLVER) {
		/* Servers from before EDNS may take AD for garbage. */
		flags |= MESSAGE_RD | (edns ? MESSAGE_AD : 0U);
	}
	return flags;
}

size_t
query_write(const struct question *question, struct query_form form,
    uint8_t to[static QUERY_MAX])
{
	const unsigned words[] = { form.id, query_flags(question, form.edns), 1,
		0, 0, form.edns ? 1 : 0 };
	uint8_t *at = to;
	assert(name_is_set(question->name));
	assert(question->name.len <= NAME_MAX_WIRE);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		at = put_u16(at, words[i]);
	}
	memcpy(at, question->name.wire, question->name.len);
	at += question->name.len;
	at = put_u16(at, question->type);
	at = put_u16(at, CLASS_IN);
	if (form.edns) {
		at = put_opt(at);
	}
	return (size_t)(at - to);
}

static bool
question_matches(struct message message, const struct question *question)
{
	const unsigned rcode = message_flags(message) & MESSAGE_RCODE;
	const unsigned count = message_count(message, SECTION_QUESTION);
	if (count == 0) {
		/* Who could not read the query cannot repeat it. */
		return rcode == RCODE_FORMERR || rcode == RCODE_NOTIMP;
	}
	const size_t end = message_name_end(message, MESSAGE_HEADER);
	return count == 1 && end > 0 && end + 4 <= message.len &&
	       message_name_is(message, MESSAGE_HEADER, question->name) &&
	       message_u16(message, end) == question->type &&
	       message_u16(message, end + 2) == CLASS_IN;
}

enum query_match
query_match(
    struct message message, const struct question *question, uint16_t id)
{
	if (message.len < MESSAGE_HEADER ||
	    (message_flags(message) & (MESSAGE_QR | MESSAGE_OPCODE)) !=
		MESSAGE_QR) {
		return QUERY_NO_RESPONSE;
	}
	if (message_u16(message, 0) != id) {
		return QUERY_OTHER_ID;
	}
	return question_matches(message, question) ? QUERY_MATCHES
						   : QUERY_OTHER_QUESTION;
}

bool
message_is_truncated(struct message message)
{
	return (message_flags(message) & MESSAGE_TC) != 0;
}
