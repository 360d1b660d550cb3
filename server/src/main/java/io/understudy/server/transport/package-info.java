/** What the ways to a session have in common: who is let in, and how many. */
package io.understudy.server.transport;
