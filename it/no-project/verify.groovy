import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    assert build.json('cdk-report/report.json').path('summary').path('imported').asInt() == 7
    assert build.json('cdk-report/stop/report.json').path('outcome').asText() == 'ok'
    assert build.cdk().status().contains('Minishift:  Stopped')
}
true
