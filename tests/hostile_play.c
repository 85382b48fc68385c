/* SPDX-License-Identifier: MIT */
/* Faults of the way: time, forgeries, broken messages, TCP. */
#include "hostile_play.h"

#include "dns/query.h"
#include "hostile.h"

#include <string.h>

enum {
	SLOW = 100,  /* ms */
	LATE = 9000, /* ms: longer than any test waits */
	DRIP = 100,  /* ms between octets */
	TXT = 16,
	BURST = 1000,
	FLOOD = 100000,
	LONGEST = 0xffff,
};

static void
tell_truth(struct hostile_query *query)
{
	hostile_truth(query);
	hostile_send(query);
}

static bool
by_udp(const struct hostile_query *query)
{
	return query->tcp < 0;
}

void
play_octets(struct hostile_query *query)
{
	const struct hostile_fault *fault = query->fault;
	if (query->type != TXT) {
		tell_truth(query);
		return;
	}
	hostile_begin(query, MESSAGE_RD | MESSAGE_RA);
	packet_bytes(&query->packet, fault->octets, fault->octets_len);
	query->packet.at[6] = (uint8_t)(fault->answers >> 8);
	query->packet.at[7] = (uint8_t)fault->answers;
	hostile_send(query);
}

void
play_nothing(struct hostile_query *query)
{
	tell_truth(query);
}

void
play_lost_once(struct hostile_query *query)
{
	if (query->number > 1) {
		tell_truth(query);
	}
}

void
play_silent(struct hostile_query *query)
{
	if (!by_udp(query)) {
		hostile_wait(query, -1);
	}
}

void
play_slow(struct hostile_query *query)
{
	hostile_wait(query, SLOW);
	tell_truth(query);
}

void
play_doubled(struct hostile_query *query)
{
	tell_truth(query);
	hostile_send(query);
	hostile_send(query);
}

void
play_turned_around(struct hostile_query *query)
{
	const unsigned place = hostile_asked(query->hostile) % 8;
	hostile_wait(query, (int)(8 - place) * 20);
	tell_truth(query);
}

void
play_late(struct hostile_query *query)
{
	hostile_wait(query, LATE);
	tell_truth(query);
}

/** Sends a denial with the octet at *at* changed by *mask*. */
static void
deny_changed(struct hostile_query *query, size_t at, unsigned mask)
{
	hostile_denial(query);
	query->packet.at[at] ^= (uint8_t)mask;
	hostile_send(query);
}

/** Where the question's type is. */
static size_t
type_at(const struct hostile_query *query)
{
	return message_name_end(hostile_message(query), MESSAGE_HEADER);
}

void
play_wrong_id_alone(struct hostile_query *query)
{
	deny_changed(query, 1, 1);
}

void
play_wrong_id(struct hostile_query *query)
{
	deny_changed(query, 1, 1);
	tell_truth(query);
}

void
play_wrong_name_alone(struct hostile_query *query)
{
	deny_changed(query, MESSAGE_HEADER + 1, 'a' ^ 'q');
}

void
play_wrong_name(struct hostile_query *query)
{
	play_wrong_name_alone(query);
	tell_truth(query);
}

void
play_wrong_type(struct hostile_query *query)
{
	deny_changed(query, type_at(query) + 1, 2);
	tell_truth(query);
}

void
play_wrong_class(struct hostile_query *query)
{
	deny_changed(query, type_at(query) + 3, 2);
	tell_truth(query);
}

void
play_wrong_address(struct hostile_query *query)
{
	hostile_denial(query);
	hostile_send_from(query, true, false);
	tell_truth(query);
}

void
play_wrong_port_alone(struct hostile_query *query)
{
	hostile_denial(query);
	hostile_send_from(query, false, true);
}

void
play_wrong_port(struct hostile_query *query)
{
	play_wrong_port_alone(query);
	tell_truth(query);
}

/** *count* denials, under every id but the right one. */
static void
forge(struct hostile_query *query, unsigned count)
{
	const uint8_t *id = query->wire;
	hostile_denial(query);
	for (unsigned i = 0; i < count; i++) {
		const unsigned other = 1 + i % LONGEST;
		query->packet.at[0] = (uint8_t)(id[0] ^ other >> 8);
		query->packet.at[1] = (uint8_t)(id[1] ^ other);
		hostile_send(query);
	}
	tell_truth(query);
}

void
play_burst(struct hostile_query *query)
{
	forge(query, BURST);
}

void
play_flood(struct hostile_query *query)
{
	forge(query, FLOOD);
}

/** Sends the truth cut to *len* octets. */
static void
send_cut(struct hostile_query *query, size_t len)
{
	hostile_truth(query);
	query->packet.len = len;
	hostile_send(query);
}

void
play_empty(struct hostile_query *query)
{
	send_cut(query, 0);
}

void
play_short_header(struct hostile_query *query)
{
	send_cut(query, MESSAGE_HEADER - 1);
}

void
play_header_alone(struct hostile_query *query)
{
	send_cut(query, MESSAGE_HEADER);
}

void
play_two_questions(struct hostile_query *query)
{
	hostile_truth(query);
	query->packet.at[5] = 2;
	hostile_send(query);
}

void
play_a_query(struct hostile_query *query)
{
	hostile_denial(query);
	query->packet.at[2] &= 0x7f;
	hostile_send(query);
}

void
play_an_update(struct hostile_query *query)
{
	hostile_denial(query);
	query->packet.at[2] |= 5 << 3;
	hostile_send(query);
}

void
play_garbage(struct hostile_query *query)
{
	hostile_begin(query, MESSAGE_RD | MESSAGE_RA);
	for (unsigned i = 0; i < 300; i++) {
		packet_u8(&query->packet, i * 167 + 13);
	}
	memset(query->packet.at + 4, 0xff, 8);
	hostile_send(query);
}

/** By UDP sends people to TCP; false if they are here already. */
static bool
send_to_tcp(struct hostile_query *query)
{
	if (!by_udp(query)) {
		return false;
	}
	hostile_begin(query, MESSAGE_RD | MESSAGE_RA | MESSAGE_TC);
	hostile_send(query);
	return true;
}

void
play_truncated(struct hostile_query *query)
{
	(void)send_to_tcp(query);
}

void
play_truncated_at_once(struct hostile_query *query)
{
	hostile_truth(query);
	query->packet.at[2] |= MESSAGE_TC >> 8;
	query->packet.len -= 3;
	hostile_send(query);
}

void
play_tcp_closed(struct hostile_query *query)
{
	(void)send_to_tcp(query);
}

/** By TCP: the truth after the length *claimed* above its own. */
static void
send_claimed(struct hostile_query *query, int claimed, size_t cut)
{
	hostile_truth(query);
	const size_t len = (size_t)((ptrdiff_t)query->packet.len + claimed);
	const uint8_t head[2] = { (uint8_t)(len >> 8), (uint8_t)len };
	hostile_send_raw(query, head, sizeof(head));
	hostile_send_raw(query, query->packet.at, query->packet.len - cut);
}

void
play_tcp_cut(struct hostile_query *query)
{
	if (!send_to_tcp(query)) {
		send_claimed(query, 0, 20);
	}
}

void
play_tcp_too_long(struct hostile_query *query)
{
	if (!send_to_tcp(query)) {
		send_claimed(query, 1000, 0);
		hostile_wait(query, -1);
	}
}

void
play_tcp_too_short(struct hostile_query *query)
{
	if (!send_to_tcp(query)) {
		send_claimed(query, -20, 0);
	}
}

void
play_tcp_zero(struct hostile_query *query)
{
	static const uint8_t zero[2] = { 0 };
	if (!send_to_tcp(query)) {
		hostile_send_raw(query, zero, sizeof(zero));
		hostile_wait(query, -1);
	}
}

/** Sends octet by octet with *ms* between them. */
static void
drip(struct hostile_query *query, const uint8_t *octets, size_t len, int ms)
{
	for (size_t i = 0; i < len && !hostile_wait(query, ms); i++) {
		hostile_send_raw(query, octets + i, 1);
	}
}

void
play_tcp_drip(struct hostile_query *query)
{
	if (!send_to_tcp(query)) {
		hostile_truth(query);
		const size_t len = query->packet.len;
		const uint8_t head[2] = { (uint8_t)(len >> 8), (uint8_t)len };
		drip(query, head, sizeof(head), 1);
		drip(query, query->packet.at, len, 1);
	}
}

void
play_tcp_drip_for_ever(struct hostile_query *query)
{
	static const uint8_t head[2] = { 0xff, 0xff };
	if (!send_to_tcp(query)) {
		drip(query, head, sizeof(head), DRIP);
		drip(query, query->packet.at, LONGEST, DRIP);
	}
}

void
play_tcp_truncated(struct hostile_query *query)
{
	hostile_truth(query);
	query->packet.at[2] |= MESSAGE_TC >> 8;
	hostile_send(query);
}
