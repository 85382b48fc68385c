/* SPDX-License-Identifier: MIT */
/*
 * The addresses in rua and ruf: RFC 9989 4.6 and 4.8 (dmarc-urilist), RFC
 * 3986 (URI), RFC 6068 2 (mailto).
 */
#ifndef MAIL_DMARC_URI_H
#define MAIL_DMARC_URI_H

#include "mail/dmarc.h"

/**
 * Reads the address of *span* in *text*. False if reports are not sent
 * there, with what is wrong and where.
 */
bool dmarc_uri_read(struct arena *arena, struct str text, struct span span,
    struct dmarc_uri *ret, struct dmarc_remark *reterr_remark);

#endif
