package io.github.cdkmaven.tls;

import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The name that a server has to prove, where it is another than the one in its address ({@code tls-server-name}), or one that Java takes for none
 * because it has an underscore.
 *
 * <p>The JDK's {@code HttpClient} asks each server for the name in its address and checks the certificate against that; what it wants of an engine is
 * replaced on the way.
 */
public final class ServerName {

    private static final int DNS = 2;
    private static final int IP = 7;

    private final String name;
    private final boolean isAddress;

    public ServerName(String name) {
        this.name = name;
        this.isAddress = name.indexOf(':') >= 0 || name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    /** TLS with the server of this name, if a check lets its certificate pass. */
    public SSLContext context(X509ExtendedTrustManager servers, KeyManager... client) throws GeneralSecurityException {
        SSLContext jdk =
                Trust.context(servers instanceof AnyCertificate ? servers : new NameCheck(servers, this), client);
        return new SSLContext(new Contexts(jdk, this), jdk.getProvider(), jdk.getProtocol()) {};
    }

    private SSLParameters wanted(SSLParameters given) {
        // An address is no name that a server could be asked for (RFC 6066).
        given.setServerNames(isAddress ? List.of() : List.of(new AskedName(name)));
        given.setEndpointIdentificationAlgorithm(""); // see NameCheck
        return given;
    }

    void check(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names =
                Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        if (names.stream().noneMatch(this::isIn)) {
            throw new CertificateException("the certificate is not for " + name);
        }
    }

    /** Whether one alternative name is this one; a star stands for the first label alone. */
    private boolean isIn(List<?> alternative) {
        String text = String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT);
        String wanted = name.toLowerCase(Locale.ROOT);
        if (isAddress) {
            return alternative.get(0).equals(IP) && address(text).equals(address(wanted));
        }
        return alternative.get(0).equals(DNS)
                && (text.equals(wanted)
                        || text.startsWith("*.")
                                && wanted.indexOf('.') > 0
                                && text.substring(1).equals(wanted.substring(wanted.indexOf('.'))));
    }

    /** An address has several spellings. Nothing is looked up. */
    private static String address(String text) {
        try {
            return InetAddress.getByName(text).getHostAddress();
        } catch (UnknownHostException e) {
            return text;
        }
    }

    /** A host's name as TLS sends it; {@code SNIHostName} takes none with an underscore. */
    private static final class AskedName extends SNIServerName {

        AskedName(String name) {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Checks a chain as another check does, and then the name instead of the one that the connection was made with. */
    private static final class NameCheck extends ForwardingTrust {

        private final ServerName name;

        NameCheck(X509ExtendedTrustManager chains, ServerName name) {
            super(chains);
            this.name = name;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            super.checkServerTrusted(chain, authType, engine);
            name.check(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            super.checkServerTrusted(chain, authType, socket);
            name.check(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            super.checkServerTrusted(chain, authType);
            name.check(chain[0]);
        }
    }

    /** Makes the JDK's engines, each told the name. */
    private static final class Contexts extends SSLContextSpi {

        private final SSLContext jdk;
        private final ServerName name;

        Contexts(SSLContext jdk, ServerName name) {
            this.jdk = jdk;
            this.name = name;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return new Engine(jdk.createSSLEngine(), name);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return new Engine(jdk.createSSLEngine(name.name, port), name);
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
            throw new IllegalStateException("is made already");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return jdk.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return jdk.getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return jdk.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return jdk.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return jdk.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return jdk.getSupportedSSLParameters();
        }
    }

    /** The JDK's engine, in all but what it is told of names. */
    private static final class Engine extends SSLEngine {

        private final SSLEngine jdk;
        private final ServerName name;

        Engine(SSLEngine jdk, ServerName name) {
            super(jdk.getPeerHost(), jdk.getPeerPort());
            this.jdk = jdk;
            this.name = name;
        }

        @Override
        public void setSSLParameters(SSLParameters parameters) {
            jdk.setSSLParameters(name.wanted(parameters));
        }

        @Override
        public SSLParameters getSSLParameters() {
            return jdk.getSSLParameters();
        }

        @Override
        public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to) throws SSLException {
            return jdk.wrap(from, offset, length, to);
        }

        @Override
        public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length) throws SSLException {
            return jdk.unwrap(from, to, offset, length);
        }

        @Override
        public Runnable getDelegatedTask() {
            return jdk.getDelegatedTask();
        }

        @Override
        public void beginHandshake() throws SSLException {
            jdk.beginHandshake();
        }

        @Override
        public SSLEngineResult.HandshakeStatus getHandshakeStatus() {
            return jdk.getHandshakeStatus();
        }

        @Override
        public void closeInbound() throws SSLException {
            jdk.closeInbound();
        }

        @Override
        public boolean isInboundDone() {
            return jdk.isInboundDone();
        }

        @Override
        public void closeOutbound() {
            jdk.closeOutbound();
        }

        @Override
        public boolean isOutboundDone() {
            return jdk.isOutboundDone();
        }

        @Override
        public SSLSession getSession() {
            return jdk.getSession();
        }

        @Override
        public SSLSession getHandshakeSession() {
            return jdk.getHandshakeSession();
        }

        @Override
        public String getApplicationProtocol() {
            return jdk.getApplicationProtocol();
        }

        @Override
        public String getHandshakeApplicationProtocol() {
            return jdk.getHandshakeApplicationProtocol();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return jdk.getSupportedCipherSuites();
        }

        @Override
        public String[] getEnabledCipherSuites() {
            return jdk.getEnabledCipherSuites();
        }

        @Override
        public void setEnabledCipherSuites(String[] suites) {
            jdk.setEnabledCipherSuites(suites);
        }

        @Override
        public String[] getSupportedProtocols() {
            return jdk.getSupportedProtocols();
        }

        @Override
        public String[] getEnabledProtocols() {
            return jdk.getEnabledProtocols();
        }

        @Override
        public void setEnabledProtocols(String[] protocols) {
            jdk.setEnabledProtocols(protocols);
        }

        @Override
        public void setUseClientMode(boolean mode) {
            jdk.setUseClientMode(mode);
        }

        @Override
        public boolean getUseClientMode() {
            return jdk.getUseClientMode();
        }

        @Override
        public void setNeedClientAuth(boolean need) {
            jdk.setNeedClientAuth(need);
        }

        @Override
        public boolean getNeedClientAuth() {
            return jdk.getNeedClientAuth();
        }

        @Override
        public void setWantClientAuth(boolean want) {
            jdk.setWantClientAuth(want);
        }

        @Override
        public boolean getWantClientAuth() {
            return jdk.getWantClientAuth();
        }

        @Override
        public void setEnableSessionCreation(boolean flag) {
            jdk.setEnableSessionCreation(flag);
        }

        @Override
        public boolean getEnableSessionCreation() {
            return jdk.getEnableSessionCreation();
        }
    }
}
