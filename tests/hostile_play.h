/* SPDX-License-Identifier: MIT */
/*
 * The faults, each a function that answers one query in its own wrong way.
 */
#ifndef TESTS_HOSTILE_PLAY_H
#define TESTS_HOSTILE_PLAY_H

struct hostile_query;

/** What follows the question is taken from the fault. */
void play_octets(struct hostile_query *query);

/* Time and order. */

/** Tells the truth. */
void play_nothing(struct hostile_query *query);
/** Answers no question when it comes for the first time. */
void play_lost_once(struct hostile_query *query);
/** Never answers; a connection stays open. */
void play_silent(struct hostile_query *query);
/** Answers 100 ms later. */
void play_slow(struct hostile_query *query);
/** Answers three times. */
void play_doubled(struct hostile_query *query);
/** Answers in the reverse of the order in which questions came. */
void play_turned_around(struct hostile_query *query);
/** Answers when nobody waits any more. */
void play_late(struct hostile_query *query);

/* Denials that somebody else could send; then the truth unless alone. */

/** Under another id. */
void play_wrong_id(struct hostile_query *query);
/** The same, and no truth. */
void play_wrong_id_alone(struct hostile_query *query);
/** For another name. */
void play_wrong_name(struct hostile_query *query);
/** The same, and no truth. */
void play_wrong_name_alone(struct hostile_query *query);
/** For another type. */
void play_wrong_type(struct hostile_query *query);
/** For another class. */
void play_wrong_class(struct hostile_query *query);
/** From another address. */
void play_wrong_address(struct hostile_query *query);
/** From another port. */
void play_wrong_port(struct hostile_query *query);
/** The same, and no truth. */
void play_wrong_port_alone(struct hostile_query *query);
/** 1000 under other ids. */
void play_burst(struct hostile_query *query);
/** 100000 under other ids. */
void play_flood(struct hostile_query *query);

/* Messages that are no answers. */

/** No octets. */
void play_empty(struct hostile_query *query);
/** 11 octets of the header. */
void play_short_header(struct hostile_query *query);
/** The header that promises more. */
void play_header_alone(struct hostile_query *query);
/** The header says there are two. */
void play_two_questions(struct hostile_query *query);
/** The QR bit is not set. */
void play_a_query(struct hostile_query *query);
/** Another opcode. */
void play_an_update(struct hostile_query *query);
/** 300 octets that mean nothing, behind the right id. */
void play_garbage(struct hostile_query *query);

/* By UDP the TC bit; by TCP what the name says. */

/** The TC bit alone. */
void play_truncated(struct hostile_query *query);
/** The message ends behind the question, within a record it promises. */
void play_truncated_at_once(struct hostile_query *query);
/** The connection ends within the message. */
void play_tcp_cut(struct hostile_query *query);
/** The connection ends without a message. */
void play_tcp_closed(struct hostile_query *query);
/** The length before the message is more than comes, and nothing follows. */
void play_tcp_too_long(struct hostile_query *query);
/** The length before the message is less than comes. */
void play_tcp_too_short(struct hostile_query *query);
/** A message of no octets, and nothing follows. */
void play_tcp_zero(struct hostile_query *query);
/** One octet every millisecond. */
void play_tcp_drip(struct hostile_query *query);
/** One octet every 100 ms of a message of 64 KiB. */
void play_tcp_drip_for_ever(struct hostile_query *query);
/** The TC bit by TCP too. */
void play_tcp_truncated(struct hostile_query *query);

/* EDNS: what becomes of queries that have an OPT. */

/** FORMERR. */
void play_edns_formerr(struct hostile_query *query);
/** FORMERR without the question (RFC 6891 7). */
void play_edns_formerr_bare(struct hostile_query *query);
/** NOTIMP. */
void play_edns_notimp(struct hostile_query *query);
/** BADVERS (RFC 6891 6.1.3). */
void play_edns_badvers(struct hostile_query *query);
/** The truth without OPT. */
void play_edns_ignored(struct hostile_query *query);
/** No answer. */
void play_edns_silent(struct hostile_query *query);
/** The truth with a cookie that nobody asked for. */
void play_edns_cookie(struct hostile_query *query);
/** BADCOOKIE (RFC 7873 5.2.3). */
void play_edns_badcookie(struct hostile_query *query);
/** A cookie that ends behind the message. */
void play_edns_cookie_cut(struct hostile_query *query);
/** The truth with two OPT. */
void play_edns_twice(struct hostile_query *query);
/** SERVFAIL with an extended error whose text commands terminals. */
void play_edns_error_text(struct hostile_query *query);

/* Servers that will not answer, or should not be asked. */

/** REFUSED. */
void play_refused(struct hostile_query *query);
/** SERVFAIL. */
void play_servfail(struct hostile_query *query);
/** SERVFAIL when it comes for the first time, then the truth. */
void play_servfail_once(struct hostile_query *query);
/** NOTIMP. */
void play_notimp(struct hostile_query *query);
/** A code that has no meaning here. */
void play_odd_rcode(struct hostile_query *query);
/** Refers to the root. */
void play_lame(struct hostile_query *query);
/** The truth without RA. */
void play_no_ra(struct hostile_query *query);
/** The truth without AA. */
void play_no_aa(struct hostile_query *query);

/* What the records say. */

/** A CNAME whose target is its owner. */
void play_cname_to_itself(struct hostile_query *query);
/** Three CNAMEs, of which two go in a ring. */
void play_cname_ring(struct hostile_query *query);
/** As many CNAMEs, and the record behind them. */
void play_cname_16(struct hostile_query *query);
/** The same with one more. */
void play_cname_17(struct hostile_query *query);
/** The same with many more. */
void play_cname_40(struct hostile_query *query);
/** CNAMEs without end, one an answer. */
void play_cname_steps(struct hostile_query *query);
/** A CNAME, and the record at the same name. */
void play_cname_beside_data(struct hostile_query *query);
/** The record at another name. */
void play_other_owner(struct hostile_query *query);
/** An address instead. */
void play_other_type(struct hostile_query *query);
/** The record in class CH. */
void play_other_class(struct hostile_query *query);
/** The truth, and beside it lies about the names that will be asked. */
void play_poison(struct hostile_query *query);
/** Beside the true TXT records one that fills a message, by TCP. */
void play_txt_64k(struct hostile_query *query);
/** The same by UDP. */
void play_txt_64k_by_udp(struct hostile_query *query);
/** 1000 records beside the true one, which fill a message. */
void play_txt_1000(struct hostile_query *query);
/** 4000 records beside the true one: more than are read. */
void play_txt_4000(struct hostile_query *query);
/** One beside the true one that commands terminals and browsers. */
void play_txt_controls(struct hostile_query *query);
/** Of empty strings. */
void play_txt_of_nothing(struct hostile_query *query);
/** A denial, as if it were true. */
void play_denied(struct hostile_query *query);

#endif
