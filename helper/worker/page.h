/*
 * What the loopback redirect answers: one page that ends the browser's part, and a line for
 * whatever else comes. All static: nothing of a request is in it, and nothing of it is fetched from
 * elsewhere (C-043).
 */
#ifndef HELPER_WORKER_PAGE_H
#define HELPER_WORKER_PAGE_H

#include <stdbool.h>

#include "common/buf.h"

#define PAGE_MAX 8192 /* bytes of an answer */

/*
 * Appends a whole HTTP/1.1 answer that closes its connection. 200 is the page; 400, 404, 405, 414,
 * 431 and 505 are a line of text, and any other status is 400. head: without the body.
 */
enum errcode page_put(struct buf *b, int status, bool head) __attribute__((warn_unused_result));

#endif
