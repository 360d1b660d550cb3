/** The client's side of the crossing protocol, in plain java.nio. */
package io.understudy.server.client;
