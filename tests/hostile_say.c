/* SPDX-License-Identifier: MIT */
/* Faults of what is said: EDNS, response codes, records. */
#include "dns/query.h"
#include "hostile.h"
#include "hostile_play.h"

#include <stdio.h>
#include <string.h>

enum {
	A = 1,
	NS = 2,
	CNAME = 5,
	TXT = 16,
	CHAOS = 3,
	COOKIE = 10,         /* RFC 7873 4 */
	EXTENDED_ERROR = 15, /* RFC 8914 2 */
	BADCOOKIE = 23,      /* RFC 7873 8 */
	RESOLVER = MESSAGE_RD | MESSAGE_RA,
};

#define RECORD  "v=DMARC1; p=none; rua=mailto:dmarc@" HOSTILE_DOMAIN
#define FOREIGN "elsewhere.example"

/* Clear the screen, set the title, turn text around; and for browsers. */
#define COMMANDS                          \
	"\x1b[2J\x1b]0;title\a\r\n\b\x9b" \
	"31m\xe2\x80\xae<script>alert(1)</script>\x7f\t\\'\"`$(id)|\xff"

static void
send_truth(struct hostile_query *query)
{
	hostile_truth(query);
	hostile_send(query);
}

/** Answers with nothing but a code. */
static void
send_code(struct hostile_query *query, unsigned code)
{
	hostile_begin(query, RESOLVER | code);
	hostile_send(query);
}

/** As one who knows nothing of EDNS: *code* to those who have it. */
static void
stumble(struct hostile_query *query, unsigned code, bool bare)
{
	if (!hostile_has_edns(query)) {
		send_truth(query);
		return;
	}
	hostile_begin(query, RESOLVER | code);
	if (bare) {
		query->packet.at[5] = 0;
		query->packet.len = MESSAGE_HEADER;
	}
	hostile_send(query);
}

void
play_edns_formerr(struct hostile_query *query)
{
	stumble(query, RCODE_FORMERR, false);
}

void
play_edns_formerr_bare(struct hostile_query *query)
{
	stumble(query, RCODE_FORMERR, true);
}

void
play_edns_notimp(struct hostile_query *query)
{
	stumble(query, RCODE_NOTIMP, false);
}

void
play_edns_badvers(struct hostile_query *query)
{
	if (!hostile_has_edns(query)) {
		send_truth(query);
		return;
	}
	hostile_begin(query, RESOLVER);
	hostile_opt(query, RCODE_BADVERS >> 4);
	hostile_send(query);
}

/** Makes the truth without OPT. */
static void
make_plain(struct hostile_query *query)
{
	const uint8_t additional = query->wire[11];
	query->wire[11] = 0;
	hostile_truth(query);
	query->wire[11] = additional;
}

void
play_edns_ignored(struct hostile_query *query)
{
	make_plain(query);
	hostile_send(query);
}

void
play_edns_silent(struct hostile_query *query)
{
	if (!hostile_has_edns(query)) {
		send_truth(query);
	}
}

/** Adds an OPT with an option of *len* octets that says it has *claimed*. */
static void
add_option(
    struct hostile_query *query, unsigned high, unsigned option, size_t claimed)
{
	static const char octets[] = "0123456789abcdef";
	hostile_opt(query, high);
	packet_u16(&query->packet, option);
	packet_u16(&query->packet, (unsigned)claimed);
	packet_bytes(&query->packet, octets, 16);
	packet_end_rr(&query->packet);
}

void
play_edns_cookie(struct hostile_query *query)
{
	make_plain(query);
	add_option(query, 0, COOKIE, 16);
	hostile_send(query);
}

void
play_edns_badcookie(struct hostile_query *query)
{
	hostile_begin(query, RESOLVER | (BADCOOKIE & MESSAGE_RCODE));
	add_option(query, BADCOOKIE >> 4, COOKIE, 16);
	hostile_send(query);
}

void
play_edns_cookie_cut(struct hostile_query *query)
{
	make_plain(query);
	add_option(query, 0, COOKIE, 4000);
	hostile_send(query);
}

void
play_edns_twice(struct hostile_query *query)
{
	make_plain(query);
	hostile_opt(query, 0);
	hostile_opt(query, 0);
	hostile_send(query);
}

void
play_edns_error_text(struct hostile_query *query)
{
	hostile_begin(query, RESOLVER | RCODE_SERVFAIL);
	hostile_opt(query, 0);
	packet_u16(&query->packet, EXTENDED_ERROR);
	packet_u16(&query->packet, (unsigned)(2 + strlen(COMMANDS)));
	packet_u16(&query->packet, 6);
	packet_bytes(&query->packet, COMMANDS, strlen(COMMANDS));
	packet_end_rr(&query->packet);
	hostile_send(query);
}

void
play_refused(struct hostile_query *query)
{
	send_code(query, RCODE_REFUSED);
}

void
play_servfail(struct hostile_query *query)
{
	send_code(query, RCODE_SERVFAIL);
}

void
play_servfail_once(struct hostile_query *query)
{
	if (query->number == 1) {
		send_code(query, RCODE_SERVFAIL);
	} else {
		send_truth(query);
	}
}

void
play_notimp(struct hostile_query *query)
{
	send_code(query, RCODE_NOTIMP);
}

void
play_odd_rcode(struct hostile_query *query)
{
	send_code(query, 9);
}

void
play_lame(struct hostile_query *query)
{
	hostile_begin(query, 0);
	packet_name_rr(
	    &query->packet, SECTION_AUTHORITY, "", NS, "a.root-servers.net");
	hostile_send(query);
}

/** Sends the truth without these bits of the header. */
static void
send_without(struct hostile_query *query, unsigned flags)
{
	hostile_truth(query);
	query->packet.at[2] &= (uint8_t) ~(flags >> 8);
	query->packet.at[3] &= (uint8_t)~flags;
	hostile_send(query);
}

void
play_no_ra(struct hostile_query *query)
{
	send_without(query, MESSAGE_RA);
}

void
play_no_aa(struct hostile_query *query)
{
	send_without(query, MESSAGE_AA);
}

static void
add_cname(struct hostile_query *query, const char *owner, const char *target)
{
	packet_name_rr(&query->packet, SECTION_ANSWER, owner, CNAME, target);
}

void
play_cname_to_itself(struct hostile_query *query)
{
	hostile_begin(query, RESOLVER);
	add_cname(query, query->name, query->name);
	hostile_send(query);
}

void
play_cname_ring(struct hostile_query *query)
{
	hostile_begin(query, RESOLVER);
	add_cname(query, query->name, "a." FOREIGN);
	add_cname(query, "a." FOREIGN, "b." FOREIGN);
	add_cname(query, "b." FOREIGN, "a." FOREIGN);
	hostile_send(query);
}

/** A chain of *links* CNAMEs, and the record behind it. */
static void
send_chain(struct hostile_query *query, int links)
{
	char owner[64];
	char target[64] = "step0." FOREIGN;
	hostile_begin(query, RESOLVER);
	add_cname(query, query->name, target);
	for (int i = 0; i < links - 1; i++) {
		(void)snprintf(owner, sizeof(owner), "step%d." FOREIGN, i);
		(void)snprintf(
		    target, sizeof(target), "step%d." FOREIGN, i + 1);
		add_cname(query, owner, target);
	}
	hostile_txt(query, target, RECORD);
	hostile_send(query);
}

void
play_cname_16(struct hostile_query *query)
{
	send_chain(query, 16);
}

void
play_cname_17(struct hostile_query *query)
{
	send_chain(query, 17);
}

void
play_cname_40(struct hostile_query *query)
{
	send_chain(query, 40);
}

void
play_cname_steps(struct hostile_query *query)
{
	char target[64] = "step0." FOREIGN;
	int step;
	if (sscanf(query->name, "step%d.", &step) == 1) {
		(void)snprintf(
		    target, sizeof(target), "step%d." FOREIGN, step + 1);
	} else if (strncmp(query->name, "_dmarc." HOSTILE_DOMAIN, 20) != 0) {
		send_truth(query);
		return;
	}
	hostile_begin(query, RESOLVER);
	add_cname(query, query->name, target);
	hostile_send(query);
}

void
play_cname_beside_data(struct hostile_query *query)
{
	hostile_begin(query, RESOLVER);
	if (query->type == TXT || query->type == CNAME) {
		add_cname(query, query->name, "a." FOREIGN);
	}
	if (query->type == TXT) {
		hostile_txt(query, query->name, RECORD);
	}
	hostile_send(query);
}

void
play_other_owner(struct hostile_query *query)
{
	hostile_begin(query, RESOLVER);
	hostile_txt(query, "_dmarc." FOREIGN, RECORD);
	hostile_send(query);
}

void
play_other_type(struct hostile_query *query)
{
	hostile_begin(query, RESOLVER);
	packet_rr(&query->packet, SECTION_ANSWER, query->name, A);
	packet_u32(&query->packet, 0xc0000219);
	packet_end_rr(&query->packet);
	hostile_send(query);
}

void
play_other_class(struct hostile_query *query)
{
	hostile_begin(query, RESOLVER);
	hostile_txt(query, query->name, RECORD);
	/* Type, class, TTL and length stand before the rdata. */
	query->packet.at[query->packet.rdata - 7] = CHAOS;
	hostile_send(query);
}

/** Adds a TXT record unless it is what was asked for. */
static void
add_foreign(struct hostile_query *query, const char *owner, const char *text)
{
	if (strcmp(query->name, owner) != 0) {
		hostile_txt(query, owner, text);
	}
}

void
play_poison(struct hostile_query *query)
{
	make_plain(query);
	add_foreign(query, "_dmarc." HOSTILE_DOMAIN, "poison");
	add_foreign(query, HOSTILE_DOMAIN, "v=spf1 -all");
	packet_name_rr(&query->packet, SECTION_AUTHORITY, "yourapp.com", NS,
	    "ns." FOREIGN);
	packet_name_rr(
	    &query->packet, SECTION_ADDITIONAL, HOSTILE_DOMAIN, CNAME, FOREIGN);
	hostile_send(query);
}

/** True if this is for TXT; else it has been answered. */
static bool
is_txt(struct hostile_query *query)
{
	if (query->type != TXT) {
		send_truth(query);
	}
	return query->type == TXT;
}

/** Adds one TXT record of *len* octets in *strings* of the same length. */
static void
add_strings(struct hostile_query *query, size_t strings, unsigned len)
{
	packet_rr(&query->packet, SECTION_ANSWER, query->name, TXT);
	for (size_t i = 0; i < strings; i++) {
		packet_u8(&query->packet, len);
		for (unsigned j = 0; j < len; j++) {
			packet_u8(&query->packet, 'k');
		}
	}
	packet_end_rr(&query->packet);
}

/** Fills the rdata until the message is as long as messages get. */
static void
fill(struct hostile_query *query)
{
	struct packet *packet = &query->packet;
	while (packet->len < MESSAGE_MAX) {
		const size_t left = MESSAGE_MAX - packet->len;
		const size_t len = left > 256 ? 255 : left - 1;
		packet_u8(packet, (unsigned)len);
		for (size_t i = 0; i < len; i++) {
			packet_u8(packet, 'k');
		}
	}
	packet_end_rr(packet);
}

/** Sends what was made; by UDP only that it exists. */
static void
send_large(struct hostile_query *query)
{
	if (query->tcp < 0) {
		hostile_begin(query, RESOLVER | MESSAGE_TC);
	}
	hostile_send(query);
}

void
play_txt_64k(struct hostile_query *query)
{
	if (is_txt(query)) {
		make_plain(query);
		packet_rr(&query->packet, SECTION_ANSWER, query->name, TXT);
		fill(query);
		send_large(query);
	}
}

void
play_txt_64k_by_udp(struct hostile_query *query)
{
	if (is_txt(query)) {
		make_plain(query);
		add_strings(query, 250, 255);
		hostile_send(query);
	}
}

/** Adds *count* TXT records, each another, of *len* octets. */
static void
add_many(struct hostile_query *query, unsigned count, unsigned len)
{
	for (unsigned i = 0; i < count; i++) {
		packet_count(&query->packet, SECTION_ANSWER);
		packet_pointer(&query->packet, MESSAGE_HEADER);
		packet_u16(&query->packet, TXT);
		packet_u16(&query->packet, CLASS_IN);
		packet_u32(&query->packet, PACKET_TTL);
		packet_u16(&query->packet, len + 1);
		packet_u8(&query->packet, len);
		for (unsigned j = 2; j < len; j++) {
			packet_u8(&query->packet, 0xff);
		}
		packet_u16(&query->packet, i);
	}
}

void
play_txt_1000(struct hostile_query *query)
{
	if (is_txt(query)) {
		make_plain(query);
		add_many(query, 1000, 48);
		send_large(query);
	}
}

void
play_txt_4000(struct hostile_query *query)
{
	if (is_txt(query)) {
		make_plain(query);
		add_many(query, 4000, 2);
		send_large(query);
	}
}

void
play_txt_controls(struct hostile_query *query)
{
	if (is_txt(query)) {
		make_plain(query);
		hostile_txt(query, query->name, COMMANDS);
		hostile_send(query);
	}
}

void
play_txt_of_nothing(struct hostile_query *query)
{
	if (is_txt(query)) {
		make_plain(query);
		add_strings(query, 60000, 0);
		send_large(query);
	}
}

void
play_denied(struct hostile_query *query)
{
	hostile_denial(query);
	hostile_send(query);
}
