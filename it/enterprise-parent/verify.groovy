import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    def calls = build.cdk().journal().minishiftCalls()
    assert calls.count { it =~ /^(--profile \S+ )?start / } == 1
    assert calls.find { it =~ /^(--profile \S+ )?start / }.contains('--cpus 4 --memory 8GB')
    assert build.json('app/target/cdk/start/report.json').path('outcome').asText() == 'ok'
    // The parent itself only manages.
    assert !new File(basedir, 'target/cdk').exists()
    assert build.cdk().status().contains('Stopped')
}
true
