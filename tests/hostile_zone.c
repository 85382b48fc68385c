/* SPDX-License-Identifier: MIT */
/* The truth that a hostile server may tell: a domain that is ready. */
#include "hostile.h"
#include "sample_keys.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#define D   HOSTILE_DOMAIN
#define T1  "kq3vd2t7xw5n6hjzr4mcyb1fae8gups9"
#define T2  "w8r5zc4hn2fytq7mj6xbd3vlk1pgsea9"
#define T3  "n4hy6bqz2sd7wkvr5xtm3jcfl8pg1uea"
#define SES "amazonses.com"
#define KEY "p=" KEY_RSA_2048

enum {
	A = 1,
	NS = 2,
	CNAME = 5,
	SOA = 6,
	MX = 15,
	TXT = 16,
	CHAIN = 16,
};

/** One record; names are looked for from the first row on. */
static const struct record {
	const char *owner;
	unsigned type;
	const char *data;
} RECORDS[] = {
	{ "yourapp.com", SOA, "ns1.dns-host.example" },
	{ "yourapp.com", NS, "ns1.dns-host.example" },
	{ "yourapp.com", NS, "ns2.dns-host.example" },
	{ "yourapp.com", A, "192.0.2.10" },
	{ "ns1.dns-host.example", A, "192.0.2.1" },
	{ "ns2.dns-host.example", A, "192.0.2.2" },
	{ D, A, "192.0.2.20" },
	{ D, TXT, "v=spf1 include:amazonses.com ~all" },
	{ "_ivymail." D, TXT, "ivymail-verify=iv7f3a9c2e51b84d06" },
	{ "_dmarc." D, TXT, "v=DMARC1; p=none; rua=mailto:dmarc@" D },
	{ "mail." D, MX, "feedback-smtp.eu-west-1." SES },
	{ "mail." D, TXT, "v=spf1 include:amazonses.com ~all" },
	{ T1 "._domainkey." D, CNAME, T1 ".dkim." SES },
	{ T2 "._domainkey." D, CNAME, T2 ".dkim." SES },
	{ T3 "._domainkey." D, CNAME, T3 ".dkim." SES },
	{ T1 ".dkim." SES, TXT, KEY },
	{ T2 ".dkim." SES, TXT, KEY },
	{ T3 ".dkim." SES, TXT, KEY },
	{ SES, TXT, "v=spf1 ip4:199.255.192.0/22 ip4:54.240.0.0/18 -all" },
	{ "feedback-smtp.eu-west-1." SES, A, "192.0.2.25" },
};

enum {
	RECORDS_LEN = sizeof(RECORDS) / sizeof(*RECORDS),
};

/** True if *name* is *above* or below it. */
static bool
is_under(const char *name, const char *above)
{
	const size_t len = strlen(name);
	const size_t end = strlen(above);
	return len >= end && strcasecmp(name + len - end, above) == 0 &&
	       (len == end || name[len - end - 1] == '.');
}

static void
add_record(struct hostile_query *query, const struct record *record)
{
	struct packet *packet = &query->packet;
	if (record->type == TXT) {
		hostile_txt(query, record->owner, record->data);
		return;
	}
	packet_rr(packet, SECTION_ANSWER, record->owner, record->type);
	if (record->type == A) {
		packet_u32(packet, ntohl(inet_addr(record->data)));
		packet_end_rr(packet);
		return;
	}
	if (record->type == MX) {
		packet_u16(packet, 10);
	}
	packet_name(packet, record->data);
	if (record->type == SOA) {
		packet_name(packet, "hostmaster.dns-host.example");
		for (uint32_t i = 0; i < 5; i++) {
			packet_u32(packet, 300);
		}
	}
	packet_end_rr(packet);
}

/** Adds what *name* has of *type*; gives its CNAME if it has that instead. */
static const char *
add_records(struct hostile_query *query, const char *name, unsigned type)
{
	const char *target = NULL;
	for (size_t i = 0; i < RECORDS_LEN; i++) {
		const struct record *record = &RECORDS[i];
		const bool alias = record->type == CNAME && type != CNAME;
		if (strcasecmp(record->owner, name) == 0 &&
		    (record->type == type || alias)) {
			add_record(query, record);
			target = alias ? record->data : NULL;
		}
	}
	return target;
}

static bool
exists(const char *name)
{
	for (size_t i = 0; i < RECORDS_LEN; i++) {
		if (is_under(RECORDS[i].owner, name)) {
			return true;
		}
	}
	return false;
}

static const char *
apex_of(const char *name)
{
	static const char *const apexes[] = { "yourapp.com", SES,
		"dns-host.example", "com" };
	for (size_t i = 0; i < sizeof(apexes) / sizeof(*apexes); i++) {
		if (is_under(name, apexes[i])) {
			return apexes[i];
		}
	}
	return "";
}

/** RA for those who want recursion, AA for the others. */
static unsigned
flags_of(const struct hostile_query *query)
{
	const unsigned asked = message_flags(hostile_message(query));
	return asked & MESSAGE_RD ? MESSAGE_RD | MESSAGE_RA : MESSAGE_AA;
}

void
hostile_truth(struct hostile_query *query)
{
	const char *name = query->name;
	hostile_begin(query, flags_of(query));
	for (int i = 0; i < CHAIN; i++) {
		const char *target = add_records(query, name, query->type);
		if (!target) {
			break;
		}
		name = target;
	}
	const struct message message = packet_message(&query->packet);
	if (message_count(message, SECTION_ANSWER) == 0) {
		packet_soa_rr(&query->packet, apex_of(name), 300);
	}
	if (!exists(name)) {
		query->packet.at[3] |= RCODE_NXDOMAIN;
	}
	if (hostile_has_edns(query)) {
		hostile_opt(query, 0);
	}
}

void
hostile_denial(struct hostile_query *query)
{
	hostile_begin(query, flags_of(query) | RCODE_NXDOMAIN);
	packet_soa_rr(&query->packet, apex_of(query->name), 300);
}
