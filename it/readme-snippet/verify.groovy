import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    def (nothing, found, green) = build.logs()
    assert nothing.contains("The program 'minishift' was not found on the PATH.")
    assert nothing.contains('Fix: put minishift on the PATH') && nothing.contains('-Dcdk.minishift=')
    assert found.contains('speaks plain HTTP')
    assert found.contains('<registryInsecure>true</registryInsecure>')
    assert green.contains('BUILD SUCCESS')
    assert build.json('target/cdk/start/report.json').path('outcome').asText() == 'ok'
    assert build.cdk().status().contains('Stopped')
}
true
