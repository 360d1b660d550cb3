/** The server that answers a simulator's crossings with surrogates. */
package io.understudy.server;
