import io.github.cdkmaven.report.ReportSchema

def clusters = [plain: context.plain, fabric8: context.fabric8, failing: context.failing]
try {
    def log = new File(basedir, 'build.log').text
    assert log.findAll(/Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time/).size() == 2
    assert clusters.values()*.url().unique().size() == 3
    clusters.each { module, cluster ->
        assert cluster.json('target/cdk/start/report.json').path('cdk').path('apiUrl').asText() == cluster.url()
        // The login is for a cluster that goes on, and so it stays, for an IDE or a shell.
        def handed = new Properties()
        new File(basedir, "$module/target/cdk/cdk.properties").withInputStream { handed.load(it) }
        assert handed.'cdk.apiUrl' == cluster.url()
        assert handed.kubeconfig == handed.'cdk.kubeconfig'
    }

    // The build fails for the test's reason, and the report has what the cluster tells of it.
    assert log.contains('WebIT.answers')
    assert log.contains('maven-failsafe-plugin') && log.contains('on project failing')
    assert log.contains('evidence.pod default: web-1-x: not ready, phase Running; web: CrashLoopBackOff')
    def stop = new File(basedir, 'failing/target/cdk/stop/report.json')
    assert stop.text.contains('connection refused')
    assert !stop.text.contains('topsecret')
    assert !log.contains('topsecret')
    assert ReportSchema.valid(stop.toPath()).path('outcome').asText() == 'ok'
    assert !new File(basedir, 'plain/target/cdk/stop/report.json').text.contains('evidence')
} finally {
    clusters.values().each { it.close() }
}
true
