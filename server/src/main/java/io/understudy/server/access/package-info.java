/** Who may reach the server: tokens, certificates, and the rule for addresses beyond loopback. */
package io.understudy.server.access;
