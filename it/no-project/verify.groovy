import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    assert build.log().contains('7 imported')
    // The stop was a run of its own: what the start reported is gone, and so is what names the cluster that was stopped.
    assert !new File(basedir, 'cdk-report/start').exists()
    assert !new File(basedir, 'cdk-report/kubeconfig').exists()
    assert !new File(basedir, 'cdk-report/cdk.properties').exists()
    assert build.json('cdk-report/stop/report.json').path('outcome').asText() == 'ok'
    assert build.cdk().status().contains('Minishift:  Stopped')
}
true
