def clusters = [plain: context.plain, fabric8: context.fabric8]
try {
    assert clusters.plain.url() != clusters.fabric8.url()
    def log = new File(basedir, 'build.log').text
    assert log.findAll(/Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time/).size() == 2
    clusters.each { module, cluster ->
        assert cluster.json('target/cdk/start/report.json').path('cdk').path('apiUrl').asText() == cluster.url()
        // The login is for the cluster that goes on, and so it stays, for an IDE or a shell.
        def handed = new Properties()
        new File(basedir, "$module/target/cdk/cdk.properties").withInputStream { handed.load(it) }
        assert handed.'cdk.apiUrl' == cluster.url()
        assert handed.kubeconfig == handed.'cdk.kubeconfig'
    }
} finally {
    clusters.values().each { it.close() }
}
true
