/** What the server counts, and whether it is ready, for those who run it. */
package io.understudy.server.metrics;
